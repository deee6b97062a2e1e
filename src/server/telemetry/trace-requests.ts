import type { FastifyInstance } from 'fastify';
import { markOf } from '../http/mark-requests.ts';
import { doorOf, outcomeOf } from './count-requests.ts';
import type { Tracer } from './tracer.ts';

/** The span of each request that is traced: its names are those of the schema. */
export function traceRequests(app: FastifyInstance, tracer: Tracer): void {
  app.addHook('onResponse', (request, reply, done) => {
    const mark = markOf(request);
    if (mark?.trace !== undefined) {
      const outcome = outcomeOf(mark, reply.statusCode);
      const attributes = {
        'http.request.method': request.method,
        'http.route': request.routeOptions.url,
        'http.response.status_code': reply.statusCode,
        'graphql.operation.type': doorOf(request) === 'authzen' ? undefined : mark.operation?.split(' ', 1)[0],
        'postern.operation': mark.operation,
        'postern.outcome': outcome,
      };
      const startMs = performance.now() - reply.elapsedTime;
      const isFailed = outcome === 'unavailable' || outcome === 'shed';
      tracer.end(mark.trace, { name: mark.operation ?? 'request', startMs, attributes, isFailed });
    }
    done();
  });
}
