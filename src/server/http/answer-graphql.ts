import { Readable } from 'node:stream';
import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '../../graphql/request-context.ts';
import { takePass } from './admit-request.ts';
import { type ContextParts, createRequestContext } from './create-request-context.ts';

/** Hands requests to Apollo Server, and what it answers to the client. */
export function answerGraphql(apollo: ApolloServer<RequestContext>, parts: ContextParts) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const pass = takePass(request);
    const { headers, status, body } = await apollo
      .executeHTTPGraphQLRequest({
        httpGraphQLRequest: request.method === 'POST' ? posted(request) : inAddress(request),
        context: () => createRequestContext(request, parts, pass),
      })
      .finally(() => pass?.giveBack());
    for (const [name, value] of headers) void reply.header(name, value);
    void reply.code(status ?? 200);
    return body.kind === 'complete' ? body.string : reply.send(Readable.from(body.asyncIterator));
  };
}

function posted({ body, headers }: FastifyRequest): HTTPGraphQLRequest {
  return { method: 'POST', body, headers: isUsual(headers) ? usual : headersOf(headers), search: '' };
}

function inAddress({ method, url, body, headers }: FastifyRequest): HTTPGraphQLRequest {
  return { method, body, headers: headersOf(headers), search: new URL(url, 'http://localhost/').search };
}

/**
 * What nearly every program sends: JSON for JSON. It is known by its very letters: a browser asks before it sends this type for a
 * page of another site, and whatever is written otherwise is read by Apollo Server, which takes long.
 */
function isUsual(headers: FastifyRequest['headers']): boolean {
  const { 'content-type': type, accept } = headers;
  return type !== undefined && usualTypes.has(type) && (accept === undefined || usualAccepts.has(accept));
}

const usualTypes: ReadonlySet<string> = new Set(['application/json', 'application/json; charset=utf-8']);
const usualAccepts: ReadonlySet<string> = new Set(['application/json', '*/*']);

/** That of such a request Apollo Server has to know no more. It writes into no headers of requests. */
const usual = new HeaderMap([['apollo-require-preflight', 'true']]);

function headersOf(headers: FastifyRequest['headers']): HeaderMap {
  const sent = Object.entries(headers).flatMap(([name, value]): (readonly [string, string])[] => {
    if (value === undefined || value.length === 0) return [];
    return [[name, typeof value === 'string' ? value : value.join(', ')]];
  });
  return new HeaderMap(sent);
}
