import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'jose';

/** A real HTTP server on loopback that publishes keys, or fails in the ways such servers fail. */
export interface KeyServer extends AsyncDisposable {
  readonly url: URL;
  /** How many requests arrived. */
  fetches(): number;
  publish(...keys: readonly JWK[]): void;
  answer(respond: (response: ServerResponse) => void): void;
}

export async function startKeyServer(...keys: readonly JWK[]): Promise<KeyServer> {
  let fetched = 0;
  let respond = respondWith(keys);
  const server = createServer((_request, response) => {
    fetched++;
    respond(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/jwks.json`),
    fetches: () => fetched,
    publish: (...published) => {
      respond = respondWith(published);
    },
    answer: (given) => {
      respond = given;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function respondWith(keys: readonly JWK[]): (response: ServerResponse) => void {
  return (response) => {
    response.setHeader('content-type', 'application/json').setHeader('connection', 'close');
    response.end(JSON.stringify({ keys }));
  };
}
