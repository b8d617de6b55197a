// node sign.mjs <library> <secret> < body
// Prints what a sender that uses the library would send: { headers, body }. The body is standard input;
// a library with an envelope of its own puts it in there.
import { text } from 'node:stream/consumers';

const [library, secret] = process.argv.slice(2);
const { sign } = await import(`./libraries/${library}.mjs`);
const body = await text(process.stdin);
console.log(JSON.stringify({ body, ...(await sign(secret, body)) }));
