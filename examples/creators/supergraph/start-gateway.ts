import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';

import type { Ide } from '../../../src/server/ide/ide.ts';
import type { RunningService } from './running-service.ts';

export interface StartGatewayOptions {
  readonly supergraphSdl: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What browsers get at `/` and `/graphql`. */
  readonly ide?: Ide | undefined;
  /** What browsers get at `/studio`. */
  readonly studio?: Ide | undefined;
}

/** Postern answers subscriptions beside its queries, and by POST only. */
const streams = { kind: 'http', location: '/graphql/stream', options: { method: 'POST' } };

/** Serves a supergraph on this machine; rejects when the port is taken. */
export async function startGateway({ supergraphSdl, port, ide, studio }: StartGatewayOptions): Promise<RunningService> {
  const gateway = createGatewayRuntime({
    supergraph: supergraphSdl,
    logging: 'warn',
    transportEntries: { postern: { options: { subscriptions: streams } } },
    // Its own pages need files of another server.
    graphiql: false,
    landingPage: false,
    // A gateway forwards no header by default: without the first one every subgraph would see an anonymous caller, and without the
    // second one nobody could ask for a state that contains what they have just written.
    propagateHeaders: {
      fromClientToSubgraphs: ({ request: { headers } }) => ({
        authorization: headers.get('authorization'),
        'postern-consistency': headers.get('postern-consistency'),
      }),
    },
  });
  const server = createServer((request, response) => {
    answerBrowser(request, response, [studio, ide]).then(
      (isAnswered) => (isAnswered ? undefined : gateway(request, response)),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server)}/graphql`,
    stop: async () => {
      server.closeAllConnections();
      await server[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
    },
  };
}

async function answerBrowser(
  request: IncomingMessage,
  response: ServerResponse,
  pages: readonly (Ide | undefined)[],
): Promise<boolean> {
  const { method = '', url: target = '', headers, socket } = request;
  for (const page of pages) {
    const answer = await page?.answer({ method, target, headers, remoteAddress: socket.remoteAddress });
    if (answer === undefined) continue;
    response.writeHead(answer.status, answer.headers).end(answer.body);
    return true;
  }
  return false;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gateway does not listen on a port.');
  return address.port;
}
