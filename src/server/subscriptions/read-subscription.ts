import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { failed, ok, type Result } from '../../base/result.ts';
import { chargeOperation } from '../../graphql/admit-operation.ts';
import { atMostSelections } from '../../graphql/at-most-selections.ts';
import { badRequest, documentError } from '../../graphql/errors.ts';
import { onlyKnownOperations } from '../../graphql/only-known-operations.ts';
import { limits } from '../../model/limits.ts';
import type { ServedCaller } from '../../operations/callers.ts';
import type { Mode } from '../config/mode.ts';
import { maxTokens } from '../http/create-apollo.ts';
import { isNestedDeeperThan, maxNesting } from '../http/query-nesting.ts';

/** What a client sends to subscribe, as the library of its transport has checked it. */
export interface SubscriptionParams {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

type Errors = readonly GraphQLError[];

/** Parses and validates a subscription under the limits that queries have; with every error a code of its own. */
export function readSubscription(
  schema: GraphQLSchema,
  mode: Mode,
  { query, operationName, variables }: SubscriptionParams,
  caller: ServedCaller | undefined,
): Result<Omit<ExecutionArgs, 'contextValue'>, Errors> {
  if (isNestedDeeperThan(query, maxNesting))
    return failed([badRequest(`The document is nested more than ${maxNesting} levels deep.`)]);
  const document = parseDocument(query);
  if (!document.ok) return document;
  const invalid = validate(schema, document.value, rulesOf(mode));
  if (invalid.length > 0) return failed(invalid.map((error) => validationError(error, mode)));
  const operation = getOperationAST(document.value, operationName);
  if (!operation) return failed([badRequest('The document has no such operation.')]);
  const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 50 });
  if (values.errors) return failed(values.errors.map((error) => documentError(error, 'BAD_USER_INPUT')));
  const sent = { schema, document: document.value, operation, variables: variables ?? {} };
  const refused = chargeOperation(sent, caller);
  if (refused !== undefined) return failed([refused]);
  return ok({ schema, document: document.value, operationName, variableValues: variables });
}

function parseDocument(query: string): Result<DocumentNode, Errors> {
  try {
    return ok(parse(query, { maxTokens }));
  } catch (error) {
    if (error instanceof GraphQLError) return failed([documentError(error, 'GRAPHQL_PARSE_FAILED')]);
    throw error;
  }
}

function rulesOf(mode: Mode) {
  const hidden = mode === 'development' ? [] : [NoSchemaIntrospectionCustomRule];
  return [...specifiedRules, onlySubscriptions, atMostSelections(limits.eventFields.most), ...hidden];
}

const onlySubscriptions = onlyKnownOperations(
  [OperationTypeNode.SUBSCRIPTION],
  'Queries and mutations are answered at /graphql.',
);

/** Outside development, no message tells which names the schema has instead. */
function validationError(error: GraphQLError, mode: Mode): GraphQLError {
  const message = mode === 'development' ? error.message : error.message.replace(/ ?Did you mean(.+?)\?$/, '');
  const code = error.extensions.code === 'BAD_USER_INPUT' ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED';
  return documentError(error, code, message);
}
