import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands between a guard and Postern: nothing, or a fault. */
export type Fault = 'none' | 'down' | 'slow' | '500' | 'malformed' | 'HTML';

export interface MisbehavingPostern {
  readonly url: string;
  fault: Fault;
  /** Calls that arrived. */
  calls: number;
  /** How many checks the last call that was passed on had. */
  lastChecks: number;
  stop(): Promise<void>;
}

/** Passes calls on to a real Postern, or does to them what networks and proxies do. */
export async function startMisbehavingPostern(posternUrl: string): Promise<MisbehavingPostern> {
  const server = createServer((request, response) => {
    self.calls += 1;
    void answer(self, posternUrl, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const self: MisbehavingPostern = {
    url: `http://127.0.0.1:${port}/graphql`,
    fault: 'none',
    calls: 0,
    lastChecks: 0,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

const html = '<!doctype html><title>Sign in</title><p>Please sign in to the network.</p>';

async function answer(
  self: MisbehavingPostern,
  posternUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  switch (self.fault) {
    case 'none':
      return passOn(self, posternUrl, request, response);
    case 'down':
      return void request.socket.destroy();
    case 'slow':
      // Never: the guard has to give up by itself.
      return undefined;
    case '500':
      return void response.writeHead(500, json).end('{"errors":[{"message":"Out of memory."}]}');
    case 'malformed':
      return void response.writeHead(200, json).end('{"data":{"viewer":{"decisions":[{"allowed":true,"err');
    case 'HTML':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  }
}

const json = { 'content-type': 'application/json' };

async function passOn(
  self: MisbehavingPostern,
  posternUrl: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { authorization } = request.headers;
  const headers = { ...json, ...(authorization === undefined ? {} : { authorization }) };
  const body = Buffer.concat(chunks);
  self.lastChecks = (JSON.parse(body.toString()) as { variables: { checks: unknown[] } }).variables.checks.length;
  const answered = await fetch(posternUrl, { method: 'POST', headers, body });
  response.writeHead(answered.status, json).end(await answered.text());
}
