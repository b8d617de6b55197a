// Svix takes webhook-* headers beside its own svix-* ones.
import { Webhook } from 'svix';
import { signed, verified } from '../standard-headers.mjs';

export const verify = (secret, headers, rawBody) => verified(new Webhook(secret), headers, rawBody);
export const sign = (secret, body, time) => ({ headers: signed(new Webhook(secret), body, time) });
