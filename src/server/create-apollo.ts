import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import { onlyKnownOperations } from '../graphql/only-known-operations.ts';
import type { RequestContext } from '../graphql/request-context.ts';
import { createMaskError } from './mask-error.ts';
import type { Mode } from './mode.ts';

/** Most tokens of a document; a planner's query for a whole page has a few hundred. */
export const maxTokens = 6000;

/** Apollo Server for one built schema: nothing of the server's inside is in its answers. */
export function createApollo(
  schema: GraphQLSchema,
  mode: Mode,
  log: FastifyBaseLogger,
  plugins: readonly ApolloServerPlugin<RequestContext>[],
): ApolloServer<RequestContext> {
  const isDevelopment = mode === 'development';
  return new ApolloServer<RequestContext>({
    schema,
    introspection: isDevelopment,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !isDevelopment,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    parseOptions: { maxTokens },
    validationRules: [answersOnce],
    maxRecursiveSelections: true,
    // The process has one handler of its own for signals, which also ends the database.
    stopOnTerminationSignals: false,
    logger: log,
    formatError: createMaskError(mode, log),
    plugins: [...unwanted, ...plugins],
  });
}

/**
 * Traces would tell gateways how long each field took, cache hints do not fit answers about a viewer, and the page for
 * browsers loads programs from elsewhere.
 */
const unwanted = [
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginLandingPageDisabled(),
];

/** graphql-js would answer a subscription here as if it were a query, once and without its stream. */
const answersOnce = onlyKnownOperations(
  [OperationTypeNode.QUERY, OperationTypeNode.MUTATION],
  'Subscriptions are answered at /graphql/stream (Server-Sent Events) and by WebSocket at /graphql.',
);
