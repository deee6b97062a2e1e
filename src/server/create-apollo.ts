import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { isPublicCode } from '../graphql/errors.ts';
import { onlyKnownOperations } from '../graphql/only-known-operations.ts';
import type { RequestContext } from '../graphql/request-context.ts';
import type { Mode } from './mode.ts';

/** Most tokens of a document; a planner's query for a whole page has a few hundred. */
const maxTokens = 6000;

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
    validationRules: [onlyKnownOperations],
    maxRecursiveSelections: true,
    // The process has one handler of its own for signals, which also ends the database.
    stopOnTerminationSignals: false,
    logger: log,
    formatError: (formatted, error) => maskError(isDevelopment ? formatted : withoutSuggestion(formatted), error, log),
    // Traces would tell gateways how long each field took, and cache hints do not fit answers about a viewer.
    plugins: [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled(), ...plugins],
  });
}

/** For variables graphql-js suggests names of the schema, which Apollo Server hides in documents only. */
function withoutSuggestion(formatted: GraphQLFormattedError): GraphQLFormattedError {
  if (!formatted.message.startsWith('Variable "$')) return formatted;
  return { ...formatted, message: formatted.message.replace(/ Did you mean [^?]*\?$/, '') };
}

/** Lets through what was meant for the client; whatever else happened is logged and said to have happened. */
function maskError(formatted: GraphQLFormattedError, error: unknown, log: FastifyBaseLogger): GraphQLFormattedError {
  const { message, locations, path, extensions } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const code = extensions?.code;
  if (isPublicCode(code)) return { message, ...place, extensions: { code } };
  log.error({ err: unwrapResolverError(error), path }, 'A field failed.');
  return { message: 'Something went wrong in Postern.', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}
