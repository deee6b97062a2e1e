import { HeaderMap, type HTTPGraphQLHead } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { statusOf } from './answer-error.ts';

/** The error as Apollo Server answers it, if it is the whole answer: with the status of its code. */
export function withStatus(error: GraphQLError): GraphQLError {
  const { retryAfter } = error.extensions;
  const headers = new HeaderMap(typeof retryAfter === 'number' ? [['retry-after', String(retryAfter)]] : []);
  const http: HTTPGraphQLHead = { status: statusOf(error), headers };
  return Object.assign(error, { extensions: { ...error.extensions, http } });
}
