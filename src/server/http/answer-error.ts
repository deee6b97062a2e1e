import type { FastifyReply } from 'fastify';
import { markOf } from './mark-requests.ts';

/** What is wrong with a request as a whole, in the form of a GraphQL error. */
export interface ToldError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

const statuses: ReadonlyMap<unknown, number> = new Map([
  ['UNAUTHENTICATED', 401],
  ['FORBIDDEN', 403],
  ['SESSION_CHANGED', 409],
  ['TOO_MANY_REQUESTS', 429],
  ['INTERNAL_SERVER_ERROR', 500],
  ['AUTHORIZATION_UNAVAILABLE', 503],
  ['OVERLOADED', 503],
]);

/** The status of an answer that is nothing but this error. */
export function statusOf({ extensions: { code } }: Pick<ToldError, 'extensions'>): number {
  return statuses.get(code) ?? 400;
}

/** Answers with nothing but an error; `status` is for what its code does not say: an address, a size, a media type. */
export function answerError(reply: FastifyReply, error: ToldError, status = statusOf(error)): FastifyReply {
  const { code, retryAfter, retryAfterMs } = error.extensions;
  const isLater = typeof retryAfter === 'number';
  // What is refused while it arrives is not yet under its mark.
  const mark = markOf(reply.request);
  if (mark !== undefined) mark.codes = [code];
  if (isLater) void reply.header('retry-after', retryAfter);
  const extensions = { code, ...(isLater && { retryAfter, retryAfterMs }) };
  return reply.code(status).send({ errors: [{ message: error.message, extensions }] });
}
