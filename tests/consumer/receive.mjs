// Starts the given program with the URL of a receiver on loopback, and verifies what it sends with the secret that it prints.
// Exit 0 when one genuine request came and the program then stopped by itself on SIGTERM.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const [command, ...rest] = process.argv.slice(2);
let secret;
let child;

const fail = (why) => { console.error(why); child?.kill('SIGKILL'); process.exit(1); };
const limit = setTimeout(() => fail('no genuine request within 60 s'), 60_000);

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  while (!secret) await new Promise(setImmediate); // printed before, but perhaps read after
  const body = Buffer.concat(chunks);
  const id = request.headers['webhook-id'];
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${request.headers['webhook-timestamp']}.`).update(body).digest();
  const given = Buffer.from(request.headers['webhook-signature'].slice('v1,'.length), 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) fail('a forged request');
  if (JSON.parse(body).id !== id) fail('the body names another id');
  response.writeHead(204).end(() => { console.log(`genuine: ${body}`); child.kill('SIGTERM'); });
});

server.listen(0, '127.0.0.1', () => {
  child = spawn(command, [...rest, `http://127.0.0.1:${server.address().port}/`], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (text) => { output += text; secret ??= output.match(/whsec_[A-Za-z0-9+/=]+/)?.[0]; });
  child.on('exit', (code) => { clearTimeout(limit); process.exit(code); });
});
