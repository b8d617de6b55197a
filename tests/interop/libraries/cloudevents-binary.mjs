// The CloudEvents SDK, binary mode. It finds the mode of a received event by itself.
import { HTTP } from 'cloudevents';
import { signedMessage } from './cloudevents.mjs';

export { verify } from './cloudevents.mjs';
export const sign = (secret, data) => signedMessage(HTTP.binary, secret, data);
