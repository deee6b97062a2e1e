import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type RequestMark, workFor } from '../request-mark.ts';

const marks = new WeakMap<FastifyRequest, RequestMark>();

export function markOf(request: FastifyRequest): RequestMark | undefined {
  return marks.get(request);
}

/** All that is done for a request is done under its mark, so that the log can say what it was done for. */
export function markRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const mark: RequestMark = {
      requestId: request.id,
      subject: undefined,
      operation: undefined,
      field: undefined,
      codes: [],
      trace: undefined,
    };
    marks.set(request, mark);
    workFor(mark, done);
  });
  // Not one line for each field that is refused: an answer has many.
  app.addHook('onResponse', (request, _reply, done) => {
    const mark = marks.get(request);
    if (mark?.codes.includes('TOO_MANY_REQUESTS') === true) {
      workFor(mark, () => request.log.warn('A caller has used up its allowance.'));
    }
    done();
  });
  // What happens after the body has arrived was begun by its last bytes, which belong to the connection.
  app.addHook('preValidation', (request, _reply, done) => {
    const mark = marks.get(request);
    if (mark === undefined) done();
    else workFor(mark, done);
  });
}
