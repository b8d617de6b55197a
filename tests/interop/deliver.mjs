// node deliver.mjs <library> <secret> <url> [<times> [<seconds ago>]] < body
// A sender that uses the library: signs once, as of so many seconds ago, and sends that request so many times at once with fetch.
// Prints the statuses, sorted.
import { text } from 'node:stream/consumers';

const [library, secret, url, times = '1', age = '0'] = process.argv.slice(2);
const { sign } = await import(`./libraries/${library}.mjs`);
const data = await text(process.stdin);
const { headers, body } = { body: data, ...(await sign(secret, data, new Date(Date.now() - 1000 * Number(age)))) };

const send = async () => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  await response.arrayBuffer();
  return response.status;
};
const statuses = await Promise.all(Array.from({ length: Number(times) }, send));
console.log(JSON.stringify(statuses.sort()));
