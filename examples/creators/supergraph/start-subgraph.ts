import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { GraphQLSchema } from 'graphql';

import type { RunningService } from './running-service.ts';

/** What a resolver of a subgraph learns of the request. */
export interface SubgraphContext {
  /** The caller's own `authorization` header, as the gateway forwarded it. */
  readonly authorization: string | undefined;
  /** How fresh Postern's answers must be, as the caller said it. */
  readonly consistency: string | undefined;
}

/** Whose token the guards of a subgraph ask with, and of which state. */
export const callerOptions = {
  authorization: ({ authorization }: SubgraphContext) => authorization,
  consistency: ({ consistency }: SubgraphContext) => consistency,
};

/** Serves a subgraph over HTTP, on any free port of this machine. */
export async function startSubgraph(schema: GraphQLSchema): Promise<RunningService> {
  const server = new ApolloServer<SubgraphContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // Whoever starts a subgraph stops it.
    stopOnTerminationSignals: false,
    // Apollo Server adds both by itself to a subgraph; nothing here reads them.
    plugins: [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled()],
  });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async ({ req: { headers } }) => ({
      authorization: headers.authorization,
      consistency: headers['postern-consistency']?.toString(),
    }),
  });
  return { url, stop: () => server.stop() };
}
