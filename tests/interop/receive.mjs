// node receive.mjs <library> <secret>
// A webhook receiver that trusts what one library verified. Prints its port, then one JSON line for each request:
// { ok, id, type, payload } or { ok, error }. Ends when its standard input is closed.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

const [library, secret] = process.argv.slice(2);
const { verify } = await import(`./libraries/${library}.mjs`);

const server = createServer(async (request, response) => {
  const rawBody = await buffer(request);
  try {
    print({ ok: true, ...(await verify(secret, request.headers, rawBody)) });
    response.writeHead(204).end();
  } catch (error) {
    print({ ok: false, error: `${error.name}: ${error.message}` });
    response.writeHead(401).end();
  }
});

server.listen(0, '127.0.0.1', () => print(server.address().port));
process.stdin.resume().on('end', () => {
  server.close();
  server.closeAllConnections();
});

function print(value) {
  console.log(JSON.stringify(value));
}
