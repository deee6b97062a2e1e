import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { type Asking, type AuthzenDoor, malformed } from '../../authzen/authzen-door.ts';
import type { AuthzenQuestion } from '../../authzen/questions.ts';
import { isRecord } from '../../base/canonical-json.ts';
import { invariant } from '../../base/invariant.ts';
import { toldOf } from '../../graphql/errors.ts';
import type { AgedPosition } from '../../model/consistency-token.ts';
import type { Pass } from '../../operations/gate.ts';
import { type Postern, workingFor } from '../../operations/postern.ts';
import { describeRefusal, type Refusal } from '../../operations/refusal.ts';
import { type AdmissionParts, type Admitted, admittedOf, takePass } from '../http/admit-request.ts';
import { answerError, type ToldError } from '../http/answer-error.ts';
import { chargeWork } from '../http/charge-work.ts';
import { consistencyHeader, readConsistencyHeader } from '../http/read-consistency-header.ts';
import { tellState } from '../http/state-headers.ts';
import { unknownCaller } from '../http/unknown-caller.ts';
import { viewerOf } from '../identity/viewer-of.ts';

export interface AuthzenRouteParts extends AdmissionParts {
  readonly postern: Postern;
}

/** Answers one kind of question, to whoever was admitted. */
export function answerQuestion(
  question: AuthzenQuestion,
  door: AuthzenDoor,
  { postern }: AuthzenRouteParts,
): RouteHandlerMethod {
  return async (request, reply) => {
    const pass = takePass(request);
    try {
      return await answer({ request, reply, pass, question, door, postern });
    } finally {
      pass?.giveBack();
    }
  };
}

/** A hook for routes: whoever is not known takes no room among those who enforce, and no byte of their body is read. */
export function refuseStrangers(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { authentication } = whoAsks(request);
  if (authentication.kind === 'authenticated') done();
  else answerError(reply, unknownCaller(authentication));
}

function whoAsks(request: FastifyRequest): Admitted {
  const admitted = admittedOf(request);
  invariant(admitted !== undefined, 'whoever asks was admitted');
  return admitted;
}

interface Answering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly pass: Pass | undefined;
  readonly question: AuthzenQuestion;
  readonly door: AuthzenDoor;
  readonly postern: Postern;
}

async function answer({ request, reply, pass, question, door, postern }: Answering): Promise<FastifyReply> {
  const { authentication, caller, isGone } = whoAsks(request);
  invariant(authentication.kind === 'authenticated', 'a stranger was refused');
  const { body } = request;
  if (!isRecord(body)) return refuse(reply, malformed('The body is not an object.'));
  const consistency = readConsistencyHeader(request.headers[consistencyHeader]);
  if (!consistency.ok) return refuse(reply, malformed(consistency.problem));
  const refused = await chargeWork({ pass, work: question.work, points: question.points(body), caller });
  if (refused !== undefined) return answerError(reply, toldOf(refused));
  let state: AgedPosition | undefined;
  const answeredFrom = (found: AgedPosition) => {
    state = found;
  };
  const asking: Asking = {
    // Nobody would read what is noticed, and to look for it takes another read.
    postern: { ...workingFor(postern, caller, isGone), noticesChecks: false, answeredFrom },
    asker: viewerOf(authentication, request.id),
    consistency: consistency.value,
  };
  const answered = await question.ask(door, asking, body);
  if (!answered.ok) return refuse(reply, answered.problem);
  tellState(reply, state);
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answered.value));
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  switch (refusal.kind) {
    case 'forbidden':
      return answerError(reply, told('FORBIDDEN', refusal.message));
    case 'undecided':
      return answerError(reply, toldOf(refusal.problem));
    case 'invalid':
      return answerError(reply, told('BAD_USER_INPUT', describeRefusal(refusal)));
  }
}

function told(code: string, message: string): ToldError {
  return { message, extensions: { code } };
}
