import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';

import type { RunningService } from './running-service.ts';

export interface StartGatewayOptions {
  readonly supergraphSdl: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** Postern answers subscriptions beside its queries, and by POST only. */
const streams = { kind: 'http', location: '/graphql/stream', options: { method: 'POST' } };

/** Serves a supergraph on this machine, with GraphiQL for browsers; rejects when the port is taken. */
export async function startGateway({ supergraphSdl, port }: StartGatewayOptions): Promise<RunningService> {
  const gateway = createGatewayRuntime({
    supergraph: supergraphSdl,
    logging: 'warn',
    transportEntries: { postern: { options: { subscriptions: streams } } },
    graphiql: { title: 'Creators', defaultQuery: '{ viewer { subject } }' },
    // A gateway forwards no header by default, and without this one every subgraph would see an anonymous caller.
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
    },
  });
  const server = createServer(gateway);
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

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gateway does not listen on a port.');
  return address.port;
}
