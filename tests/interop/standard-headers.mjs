// The libraries make and check the signature; the three headers around it are Standard Webhooks'.
import { randomUUID } from 'node:crypto';

export function verified(webhook, headers, rawBody) {
  const payload = webhook.verify(rawBody, headers);
  return { id: headers['webhook-id'], type: payload.type, payload };
}

export function signed(webhook, body, now = new Date()) {
  const id = `msg_${randomUUID()}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': `${Math.floor(now.getTime() / 1000)}`,
    'webhook-signature': webhook.sign(id, now, body),
  };
}
