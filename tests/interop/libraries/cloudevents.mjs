// The CloudEvents SDK, structured mode. CloudEvents has no signature: Standard Webhooks' library makes and checks it.
import { CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { signed } from '../standard-headers.mjs';

export function verify(secret, headers, rawBody) {
  new Webhook(secret).verify(rawBody, headers);
  const event = HTTP.toEvent({ headers, body: rawBody.toString('utf8') });
  event.validate();
  return { id: event.id, type: event.type, payload: event.toJSON() };
}

export const sign = (secret, data) => signedMessage(HTTP.structured, secret, data);

export function signedMessage(mode, secret, data) {
  const event = new CloudEvent({ source: '/senders', type: 'note.added', data: JSON.parse(data) });
  const { headers, body } = mode(event);
  return { headers: { ...headers, ...signed(new Webhook(secret), body) }, body };
}
