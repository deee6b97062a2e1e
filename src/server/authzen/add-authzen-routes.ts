import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { createAuthzenDoor } from '../../authzen/authzen-door.ts';
import { type AuthzenQuestion, authzenQuestions } from '../../authzen/questions.ts';
import { limits } from '../../model/limits.ts';
import { admitBefore } from '../http/admit-request.ts';
import { weightOfBytes } from '../http/expected-work.ts';
import { markOf } from '../http/mark-requests.ts';
import { readOnlyJson } from '../http/read-only-json.ts';
import { requestIdHeader } from '../http/request-id.ts';
import { type AuthzenRouteParts, answerQuestion, refuseStrangers } from './answer-question.ts';
import type { AuthzenConfig } from './authzen-config.ts';
import { authzenMetadata, authzenRoot, metadataPath } from './authzen-metadata.ts';

/** A context may be nested so deep, in properties of an entity in a list of evaluations in the body. */
const mostNesting = limits.contextNesting.most + 4;

/** AuthZEN at `/access/v1`, and what this server says of itself. */
export async function addAuthzenRoutes(
  app: FastifyInstance,
  config: AuthzenConfig,
  parts: AuthzenRouteParts,
): Promise<void> {
  const metadata = authzenMetadata(config);
  app.get(metadataPath, async () => metadata);
  const door = createAuthzenDoor(config.settings);
  // What is said of bodies here is said of these routes alone.
  await app.register(async (scope) => {
    const byPath = new Map(authzenQuestions.map((question) => [authzenRoot + question.name, question]));
    readOnlyJson(scope, parts.gate, {
      work: (request, body) => expectedWork(byPath.get(request.routeOptions.url ?? ''), body),
      charsetStatus: 400,
      mostNesting,
    });
    scope.addHook('onSend', sendBackId);
    scope.setErrorHandler((error) => {
      throw isMediaType(error) ? Object.assign(new Error(onlyJson), { statusCode: 400 }) : error;
    });
    for (const [path, question] of byPath) {
      const onRequest = [nameIt(question), admitBefore(parts), refuseStrangers];
      scope.post(path, { onRequest }, answerQuestion(question, door, parts));
    }
  });
}

const onlyJson = 'A body is of the media type "application/json".';

function isMediaType(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 415;
}

/** Known before anything of the body is: by its address. */
function expectedWork(question: AuthzenQuestion | undefined, body: Buffer) {
  return { kind: question?.work ?? 'questions', weight: weightOfBytes(body.length), onKnown: () => {} } as const;
}

/** So that also what is refused before it is read is known by its name. */
function nameIt({ name }: AuthzenQuestion): onRequestHookHandler {
  return (request, _reply, done) => {
    const mark = markOf(request);
    if (mark !== undefined) mark.operation = mark.field = name;
    done();
  };
}

/** The standard gives back whatever name a request has; the log only has what can be read there. */
function sendBackId(request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Done): void {
  const given = request.headers[requestIdHeader];
  if (typeof given === 'string') void reply.header(requestIdHeader, given);
  // Node writes headers as the text that they stand before, and these were read byte by byte.
  const isPlain = typeof given !== 'string' || plain.test(given);
  done(null, isPlain || typeof payload !== 'string' ? payload : Buffer.from(payload));
}

const plain = /^[\t -~]*$/;

type Done = (error: null, payload: unknown) => void;
