import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assertNever } from '../../base/assert-never.ts';
import { failed, type Result } from '../../base/result.ts';
import type { Gate } from '../../operations/gate.ts';
import { enterGate, payForBody, refuseForNow, refuseOverloaded } from './admit-request.ts';
import { answerError } from './answer-error.ts';
import type { ExpectedWork } from './expected-work.ts';
import { parseJsonBody } from './parse-json-body.ts';

/**
 * Why nothing is done for a request with this body. No `Error`: most of them are told while there is too much to do, and then a stack
 * costs as much as the rest of the answer.
 */
type BodyProblem =
  | { readonly kind: 'overloaded' }
  | { readonly kind: 'limited'; readonly waitSeconds: number }
  | { readonly kind: 'wrong'; readonly status: number; readonly message: string };

/**
 * Bodies are JSON in UTF-8; every other media type is refused unread. What is wrong with one that was read is said afterwards: Fastify
 * would close the connection, and whoever is told to come again would have to open another one first.
 */
export function readOnlyJson(app: FastifyInstance, gate: Gate, expected: ExpectedWork): void {
  const problems = new WeakMap<FastifyRequest, BodyProblem>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer, done) => {
    const end = (parsed: Result<unknown, BodyProblem>) => {
      if (!parsed.ok) problems.set(request, parsed.problem);
      done(null, parsed.ok ? parsed.value : undefined);
    };
    const problem = problemOfBody(request, body);
    if (problem !== undefined) return end(failed(problem));
    enterGate(request, gate, expected.of(body), (isIn) => end(isIn ? parseBody(body) : failed({ kind: 'overloaded' })));
  });
  app.addHook('preValidation', (request, reply, done) => {
    const problem = problems.get(request);
    if (problem === undefined) done();
    else answerProblem(problem, reply);
  });
}

/** Of a body that is there, before it is understood. */
function problemOfBody(request: FastifyRequest, { length }: Buffer): BodyProblem | undefined {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    return { kind: 'wrong', status: 415, message: 'The body must be in UTF-8.' };
  }
  const waitSeconds = payForBody(request, length);
  return waitSeconds > 0 ? { kind: 'limited', waitSeconds } : undefined;
}

function parseBody(body: Buffer): Result<unknown, BodyProblem> {
  const parsed = parseJsonBody(body);
  return parsed.ok ? parsed : failed({ kind: 'wrong', status: 400, message: parsed.problem });
}

function answerProblem(problem: BodyProblem, reply: FastifyReply): FastifyReply {
  switch (problem.kind) {
    case 'overloaded':
      return refuseOverloaded(reply);
    case 'limited':
      return refuseForNow(reply, problem.waitSeconds);
    case 'wrong':
      return answerError(reply, { message: problem.message, extensions: { code: 'BAD_REQUEST' } }, problem.status);
    default:
      return assertNever(problem);
  }
}
