import { type ASTNode, GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { Place } from '../model/model-source.ts';
import type { Problem } from '../model/problem.ts';
import { overloadedProblem, tooManyRequestsProblem } from '../operations/problem-of-failure.ts';
import { describeRefusal, type InputError, type Refusal } from '../operations/refusal.ts';
import { grantParentOf, type RelationshipParent } from './access-relationship.ts';

/** The only place that makes GraphQL errors. Every code that a client can see is made here. */

export function unauthenticated(message = 'This needs a valid token.'): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED' } });
}

export function badInput(message: string, nodes?: ASTNode): GraphQLError {
  return new GraphQLError(message, { ...(nodes && { nodes }), extensions: { code: 'BAD_USER_INPUT' } });
}

/** The last event of a subscription whose token has ended. */
export function tokenEnded(): GraphQLError {
  return unauthenticated('The token has expired; subscribe again with a new one.');
}

/** The last event of a subscription whose server is being stopped. */
export function serverStopping(): GraphQLError {
  return unavailableError(
    'The server is stopping; subscribe again, after the last consistency token if there was one.',
  );
}

export function overloaded(): GraphQLError {
  return unavailableError('There are too many subscribers at the moment; try again.');
}

/** One subject has as many connections or subscriptions as one may have. */
export function tooManySubscriptions(): GraphQLError {
  return unavailableError('You have too many subscriptions at the moment; end some, and try again.');
}

/** An operation of a kind that is not answered where it was asked; `elsewhere` says where it is. */
export function unsupportedOperation(operation: OperationDefinitionNode, elsewhere = ''): GraphQLError {
  const message = `There is no ${operation.operation} here.${elsewhere}`;
  return new GraphQLError(message, { nodes: operation, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}

/** A document that the validation, or the parser, has found wrong. */
export function documentError(error: GraphQLError, code: DocumentCode, message = error.message): GraphQLError {
  const place = { nodes: error.nodes ?? null, source: error.source ?? null, positions: error.positions ?? null };
  return new GraphQLError(message, { ...place, extensions: { code } });
}

type DocumentCode = 'BAD_REQUEST' | 'BAD_USER_INPUT' | 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED';

export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

/** A question of the model language that cannot be decided: its own code, so that nobody takes it for a no. */
export function problemError(problem: Problem): GraphQLError {
  const { message, extensions } = toldOf(problem);
  return new GraphQLError(message, { extensions });
}

/** The same for an answer that is nothing but this, without the stack of an error. */
export function toldOf({ code, message, retryAfterSeconds }: Problem) {
  return { message, extensions: { code, ...(retryAfterSeconds !== undefined && retryIn(retryAfterSeconds)) } };
}

/** In milliseconds as well, and then not at the same moment for all who are told: they would all come at once again. */
function retryIn(seconds: number): { readonly retryAfter: number; readonly retryAfterMs: number } {
  return { retryAfter: seconds, retryAfterMs: Math.round(1000 * (seconds + Math.random() / 2)) };
}

/** The server is working on as much as it answers in time. It is about how much, never about what: not a denial. */
export function serverOverloaded(): GraphQLError {
  return problemError(overloadedProblem);
}

export function unavailableError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'AUTHORIZATION_UNAVAILABLE' } });
}

/** Somebody has used up what they may use up at once. It is about how much, never about what: not a denial. */
export function tooManyRequests(retryAfterSeconds: number): GraphQLError {
  return problemError(tooManyRequestsProblem(retryAfterSeconds));
}

/** Why an operation did nothing, for a query: queries have no place for user errors. */
export function refusalError(refusal: Refusal): GraphQLError {
  switch (refusal.kind) {
    case 'forbidden':
      return new GraphQLError(refusal.message, { extensions: { code: 'FORBIDDEN' } });
    case 'undecided':
      return problemError(refusal.problem);
    case 'invalid':
      return badInput(describeRefusal(refusal));
  }
}

/** An error of a mutation's input, as the schema has it. */
export interface UserErrorParent extends Omit<InputError, 'current' | 'place'> {
  readonly current: RelationshipParent | null;
  readonly place: PlaceParent | null;
}

/** The errors of a mutation's input; whatever else refused the mutation is thrown. */
export function userErrorsOf(refusal: Refusal): readonly UserErrorParent[] {
  if (refusal.kind !== 'invalid') throw refusalError(refusal);
  return refusal.errors.map((error) => {
    const { current, place } = error;
    return { ...error, current: current ? grantParentOf(current) : null, place: place ? placeOf(place) : null };
  });
}

interface PlaceParent {
  readonly module: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

function placeOf({ module, line, column }: Place): PlaceParent {
  return { module: module ?? null, line: line ?? null, column: column ?? null };
}

const publicCodes: ReadonlySet<unknown> = new Set([
  'AUTHORIZATION_UNAVAILABLE',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CONDITION_FAILED',
  'DELEGATE_NOT_ALLOWED',
  'DELEGATION_UNDEFINED',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'HISTORY_DIVERGED',
  'INVALID_CONTEXT',
  'INVALID_RELATIONSHIP',
  'INVALID_SUBJECT',
  'MISSING_CONTEXT',
  'OPERATION_RESOLUTION_FAILURE',
  'OVERLOADED',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'RESOLUTION_TOO_COMPLEX',
  'TOO_MANY_REQUESTS',
  'UNAUTHENTICATED',
  'UNKNOWN_CONDITION',
  'UNKNOWN_RELATION',
  'UNKNOWN_TYPE',
]);

/** Whether an error was meant for the client; every other one says nothing but that it happened. */
export function isPublicCode(code: unknown): boolean {
  return publicCodes.has(code);
}
