// Stripe's library; no API key is needed for webhooks.
import Stripe from 'stripe';

export function verify(secret, headers, rawBody) {
  const event = Stripe.webhooks.constructEvent(rawBody, headers['stripe-signature'], secret);
  return { id: event.id, type: event.type, payload: event };
}

export const sign = (secret, body, time = new Date()) => ({
  headers: {
    'Stripe-Signature': Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: Math.floor(time.getTime() / 1000) }),
  },
});
