import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll } from 'vitest';

export interface ServedRequest {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Which connection it came on: the port of the other side. */
  readonly port: number | undefined;
}

export interface TestServer {
  readonly url: string;
  readonly requests: readonly ServedRequest[];
  stop(): Promise<void>;
}

export type Behaviour = (response: ServerResponse, request: ServedRequest) => void;

/** A server that does whatever a test wants it to do. */
export async function startTestServer(behave: Behaviour): Promise<TestServer> {
  const requests: ServedRequest[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const served = { headers: request.headers, body, port: request.socket.remotePort };
    requests.push(served);
    behave(response, served);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  afterAll(stop);
  return { url: `http://127.0.0.1:${port}/graphql`, requests, stop };
}

/** Answers as Postern does. */
export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
}

export function decisions(...list: readonly unknown[]): unknown {
  return { data: { viewer: { decisions: list } } };
}
