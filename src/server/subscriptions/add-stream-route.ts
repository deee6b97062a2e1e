import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler, RouteHandler } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { createHandler, type Handler, type ResponseBody } from 'graphql-sse';
import { invariant } from '../../base/invariant.ts';
import { badRequest, overloaded, tooManySubscriptions, unauthenticated } from '../../graphql/errors.ts';
import type { RequestContext } from '../../graphql/request-context.ts';
import { callerName } from '../../operations/actor.ts';
import { workingFor } from '../../operations/postern.ts';
import { admitBefore, admittedOf, takePass } from '../http/admit-request.ts';
import { answerError } from '../http/answer-error.ts';
import { authenticationError, contextOf } from '../http/create-request-context.ts';
import { maskResult } from './mask-result.ts';
import { readSubscription } from './read-subscription.ts';
import type { SubscriptionParts } from './subscription-parts.ts';
import { whenWritable } from './when-writable.ts';

/** How streams are answered, for a route that finds out by other means who asks. */
export interface StreamRoute {
  readonly admit: onRequestHookHandler;
  readonly handler: RouteHandler;
}

/**
 * `POST /graphql/stream`: one subscription as Server-Sent Events (graphql-sse, "distinct connections mode").
 *
 * The body goes through the parsers of the app, with their limits and their media type, which no page of another site can
 * make a browser send. A GET has none, so there is none.
 */
export function addStreamRoute(app: FastifyInstance, parts: SubscriptionParts): StreamRoute {
  const handle = createStreamHandler(parts);
  // A stream is no request that takes some time.
  const admit = admitBefore({ ...parts, tracer: undefined });
  const handler: RouteHandler = (request, reply) => {
    // A stream lasts; how many there are is bounded by itself.
    takePass(request)?.giveBack();
    return answerStream(request, reply, parts, handle);
  };
  app.route({ url: '/graphql/stream', method: 'POST', onRequest: admit, handler });
  return { admit, handler };
}

type StreamHandler = Handler<ServerResponse, RequestContext>;

async function answerStream(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: SubscriptionParts,
  handle: StreamHandler,
): Promise<FastifyReply> {
  if (request.headers.accept !== eventStream)
    return answerError(reply, badRequest(`Answers are of "${eventStream}".`), 406);
  const admitted = admittedOf(request);
  invariant(admitted !== undefined, 'whoever subscribes was admitted');
  const { authentication, caller } = admitted;
  if (authentication.kind === 'anonymous') return answerError(reply, unauthenticated());
  if (authentication.kind !== 'authenticated') {
    return answerError(reply, authenticationError(authentication));
  }
  const session = parts.sessions.open(() => reply.raw.destroy());
  if (session === undefined) return answerError(reply, overloaded());
  reply.raw.once('close', () => parts.sessions.close(session));
  if (!parts.sessions.assign(session, callerName(authentication), () => 1)) {
    parts.sessions.close(session);
    return answerError(reply, tooManySubscriptions(), 429);
  }
  session.endAt(authentication.expiresAt);
  const [body, { status }] = await handle({
    method: request.method,
    url: request.url,
    headers: { get: (name) => onlyText(request.headers[name]) },
    body: request.body as Record<string, unknown>,
    raw: reply.raw,
    context: contextOf(authentication, request.id, workingFor(parts.postern, caller), session),
  });
  return send(reply, status, body);
}

const eventStream = 'text/event-stream';

function onlyText(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function createStreamHandler({ schema, mode, mask, limits }: SubscriptionParts): StreamHandler {
  return createHandler<ServerResponse, RequestContext>({
    // Without a token there are no streams that several requests share: each request is one.
    authenticate: () => null,
    validate: () => [],
    onSubscribe: ({ context }, params) => {
      const read = readSubscription(schema, mode, params, context.postern.caller);
      // The library's type for contexts has an index signature, and it hands the context on as it is.
      return read.ok ? { ...read.value, contextValue: context as never } : { data: null, errors: read.problem };
    },
    // The library would take events as fast as they come and queue them for a slow client.
    onNext: async (_context, { raw }, result) => {
      await whenWritable(raw, limits.pingMs);
      return maskResult(result as ExecutionResult, mask) as ExecutionResult;
    },
  });
}

function send(reply: FastifyReply, status: number, body: ResponseBody | null): FastifyReply {
  void reply.code(status);
  if (typeof body === 'string' || body === null) {
    // What the library refuses is the form of the request; the parsers and `readSubscription` have seen the rest.
    return answerError(reply, badRequest('The body is no GraphQL request.'), status);
  }
  // Proxies that keep what they get until there is more of it would keep events back.
  void reply.headers({ 'content-type': `${eventStream}; charset=utf-8`, 'x-accel-buffering': 'no' });
  return reply.send(Readable.from(body, { highWaterMark: 1 }));
}
