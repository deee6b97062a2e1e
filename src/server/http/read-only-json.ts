import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assertNever } from '../../base/assert-never.ts';
import { failed, type Result } from '../../base/result.ts';
import type { Gate } from '../../operations/gate.ts';
import { enterGate, payForBody, refuseForNow, refuseOverloaded } from './admit-request.ts';
import { answerError } from './answer-error.ts';
import { isNestedDeeperThan } from './count-json-values.ts';
import type { ExpectedRequest } from './expected-work.ts';
import { parseJsonBody } from './parse-json-body.ts';

/**
 * Why nothing is done for a request with this body. No `Error`: most of them are told while there is too much to do, and then a stack
 * costs as much as the rest of the answer.
 */
type BodyProblem =
  | { readonly kind: 'overloaded' }
  | { readonly kind: 'limited'; readonly waitSeconds: number }
  | { readonly kind: 'wrong'; readonly status: number; readonly message: string };

/** What bodies of some routes are. */
export interface JsonBodies {
  /** What a request with this body is expected to be. */
  readonly work: (request: FastifyRequest, body: Buffer) => ExpectedRequest;
  /** What is answered to another charset. */
  readonly charsetStatus: 400 | 415;
  /** Levels of lists and objects that a body may have; as many as it likes where it does not say. */
  readonly mostNesting?: number;
}

/**
 * Bodies are JSON in UTF-8; every other media type is refused unread. What is wrong with one that was read is said afterwards: Fastify
 * would close the connection, and whoever is told to come again would have to open another one first.
 */
export function readOnlyJson(app: FastifyInstance, gate: Gate, bodies: JsonBodies): void {
  const problems = new WeakMap<FastifyRequest, BodyProblem>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer, done) => {
    const end = (parsed: Result<unknown, BodyProblem>) => {
      if (!parsed.ok) problems.set(request, parsed.problem);
      done(null, parsed.ok ? parsed.value : undefined);
    };
    const problem = problemOfBody(request, body, bodies);
    if (problem !== undefined) return end(failed(problem));
    const parse = (isIn: boolean) => end(isIn ? parseBody(body, bodies) : failed({ kind: 'overloaded' }));
    enterGate(request, gate, bodies.work(request, body), parse);
  });
  app.addHook('preValidation', (request, reply, done) => {
    const problem = problems.get(request);
    if (problem === undefined) done();
    else answerProblem(problem, reply);
  });
}

/** Of a body that is there, before it is understood. */
function problemOfBody(
  request: FastifyRequest,
  { length }: Buffer,
  { charsetStatus }: JsonBodies,
): BodyProblem | undefined {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    return { kind: 'wrong', status: charsetStatus, message: 'The body must be in UTF-8.' };
  }
  const waitSeconds = payForBody(request, length);
  return waitSeconds > 0 ? { kind: 'limited', waitSeconds } : undefined;
}

function parseBody(body: Buffer, { mostNesting }: JsonBodies): Result<unknown, BodyProblem> {
  if (mostNesting !== undefined && isNestedDeeperThan(mostNesting, body)) {
    return failed({ kind: 'wrong', status: 400, message: `The body is nested more than ${mostNesting} levels deep.` });
  }
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
