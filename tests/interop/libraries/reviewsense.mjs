// The receiver that ReviewSense publishes: timingSafeEqual throws unless both sides have the same length,
// so anything but exactly one hex signature is an error.
import { createHmac, timingSafeEqual } from 'node:crypto';

export function verify(secret, headers, rawBody) {
  const expected = hmac(secret, rawBody);
  if (!timingSafeEqual(Buffer.from(headers['x-reviewsense-signature'], 'hex'), Buffer.from(expected, 'hex'))) {
    throw new Error('the signature does not match');
  }
  const event = JSON.parse(rawBody);
  return { id: event.id, type: event.type, payload: event };
}

export const sign = (secret, body) => ({ headers: { 'X-ReviewSense-Signature': hmac(secret, body) } });

const hmac = (secret, body) => createHmac('sha256', secret).update(body).digest('hex');
