import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
  type GraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import { type GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { isRecord } from '../../base/canonical-json.ts';
import { invariant } from '../../base/invariant.ts';
import { admitOperation } from '../../graphql/admit-operation.ts';
import { onlyKnownOperations } from '../../graphql/only-known-operations.ts';
import type { RequestContext } from '../../graphql/request-context.ts';
import { limits } from '../../model/limits.ts';
import type { Mode } from '../config/mode.ts';
import { currentRequest } from '../request-mark.ts';
import { createMaskError } from './mask-error.ts';
import { stateHeadersOf } from './state-headers.ts';
import { withStatus } from './with-status.ts';

export const maxTokens = limits.documentTokens.most;

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
    plugins: [...unwanted, { requestDidStart: async () => chargingAndNoticing }, ...plugins],
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

/**
 * Each operation is charged to its caller before it is executed. What its answer does not say stands beside it, where a client
 * cannot mistake it for data: of how old a state it is, and what somebody may want to know.
 */
const chargingAndNoticing: GraphQLRequestListener<RequestContext> = {
  didResolveOperation: async ({ schema, document, operation, request: { variables = {} }, contextValue }) => {
    invariant(operation !== undefined, 'an operation was found in the document');
    nameOperation(operation);
    const { postern, pass } = contextValue;
    const sent = { schema, document, operation, variables };
    const refused = await admitOperation(sent, { caller: postern.caller, pass });
    if (refused !== undefined) throw withStatus(refused);
  },
  willSendResponse: async ({ response: { http, body }, contextValue: { notices, olderAnswers }, errors }) => {
    noteErrors(errors, body);
    for (const [name, value] of stateHeadersOf(olderAnswers?.oldest)) http.headers.set(name, value);
    if (body.kind !== 'single' || notices === undefined || notices.isEmpty) return;
    body.singleResult.extensions = { ...body.singleResult.extensions, notices: notices.list };
  },
};

/** For the log: names of the schema, since the document was found to be valid. */
function nameOperation({ operation, selectionSet }: OperationDefinitionNode): void {
  const mark = currentRequest();
  if (mark === undefined) return;
  const fields = selectionSet.selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []));
  mark.field = fields[0];
  mark.operation = [operation, ...new Set(fields.slice(0, mostNamed))].join(' ');
}

/** For whoever counts what became of requests. A mutation that did nothing has its errors in its data. */
function noteErrors(errors: readonly GraphQLError[] = [], body: GraphQLResponse['body']): void {
  const mark = currentRequest();
  if (mark === undefined) return;
  const data = body.kind === 'single' ? Object.values(body.singleResult.data ?? {}) : [];
  const hasUserErrors = data.some((one) => isRecord(one) && Array.isArray(one.userErrors) && one.userErrors.length > 0);
  mark.codes = [...errors.map(({ extensions }) => extensions.code), ...(hasUserErrors ? ['BAD_USER_INPUT'] : [])];
}

const mostNamed = 5;

/** graphql-js would answer a subscription here as if it were a query, once and without its stream. */
const answersOnce = onlyKnownOperations(
  [OperationTypeNode.QUERY, OperationTypeNode.MUTATION],
  'Subscriptions are answered at /graphql/stream (Server-Sent Events) and by WebSocket at /graphql.',
);
