import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../../base/metrics.ts';
import { markOf } from '../http/mark-requests.ts';
import type { RequestMark } from '../request-mark.ts';

/** How a request ended, as far as whoever runs the server is concerned: a denial is an answer. */
export type Outcome = 'ok' | 'refused' | 'invalid' | 'unauthenticated' | 'limited' | 'shed' | 'unavailable';

/** Counts what was answered, and how long that took. Questions about the server's health are not counted. */
export function countRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const mark = markOf(request);
    const door = mark && doorOf(request);
    if (door !== undefined && mark !== undefined) {
      const operation = mark.field ?? '';
      metrics.count('postern_requests_total', [door, operation, outcomeOf(mark, reply.statusCode)]);
      metrics.measure('postern_request_duration_seconds', [door, operation], reply.elapsedTime / 1000);
    }
    done();
  });
}

/** Undefined for what is no question. */
export function doorOf({ routeOptions: { url } }: Pick<FastifyRequest, 'routeOptions'>): string | undefined {
  // Of the console as well: whose questions they are, their tokens say.
  if (url === '/graphql' || url === '/console/graphql') return 'graphql';
  if (url === '/graphql/stream' || url === '/console/graphql/stream') return 'stream';
  if (url?.startsWith('/access/v1/') === true) return 'authzen';
  if (url === '/mcp') return 'mcp';
  return url?.startsWith('/coprocessor') === true ? 'coprocessor' : undefined;
}

/** The worst of what is in an answer. What no code says, the status does. */
export function outcomeOf({ codes }: Pick<RequestMark, 'codes'>, status: number): Outcome {
  const found = codes.map((code) => outcomes.get(code) ?? 'invalid');
  const worst = severity.find((outcome) => found.includes(outcome));
  if (worst !== undefined) return worst;
  if (status >= 500) return 'unavailable';
  if (status === 401) return 'unauthenticated';
  return status >= 400 ? 'invalid' : 'ok';
}

const severity = ['unavailable', 'shed', 'limited', 'unauthenticated', 'refused', 'invalid'] as const;

const outcomes: ReadonlyMap<unknown, Outcome> = new Map<unknown, Outcome>([
  ['AUTHORIZATION_UNAVAILABLE', 'unavailable'],
  ['INTERNAL_SERVER_ERROR', 'unavailable'],
  ['OVERLOADED', 'shed'],
  ['TOO_MANY_REQUESTS', 'limited'],
  ['UNAUTHENTICATED', 'unauthenticated'],
  ['FORBIDDEN', 'refused'],
]);
