import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { turns } from '../../base/turns.ts';
import { toldOf } from '../../graphql/errors.ts';
import { limits } from '../../model/limits.ts';
import { callerName } from '../../operations/actor.ts';
import type { Callers, ServedCaller } from '../../operations/callers.ts';
import type { Gate, Pass, WorkKind } from '../../operations/gate.ts';
import { overloadedProblem, tooManyRequestsProblem } from '../../operations/problem-of-failure.ts';
import type { Authenticated, Authentication, Authenticator } from '../identity/authenticate.ts';
import { currentRequest, type RequestTrace } from '../request-mark.ts';
import { answerError } from './answer-error.ts';
import { type ExpectedRequest, weightOfBytes } from './expected-work.ts';
import { networkOf } from './network-of.ts';
import { parseTraceParent, type TraceParent } from './trace-parent.ts';
import { waitedUntil } from './waited-until.ts';

/** Who sent a request, known before anything else is of it. */
export interface Admitted {
  readonly authentication: Authentication;
  readonly caller: ServedCaller;
  /** Its sender is gone when the connection is, or when it has waited for as long as it said. */
  readonly isGone: () => boolean;
}

/** Begins the trace of a request, or its part of one. */
export interface RequestTracer {
  begin(parent: TraceParent | undefined): RequestTrace | undefined;
}

export interface AdmissionParts {
  /** Undefined where nothing is traced. */
  readonly tracer?: RequestTracer | undefined;
  readonly gate: Gate;
  readonly authenticator: Authenticator;
  readonly callers: Callers;
}

/** What a request costs that asks nothing, and how many bytes are a point: they are read and understood before they are refused. */
const pointsPerRequest = 5;
const bytesPerPoint = 200;

const admitted = new WeakMap<FastifyRequest, Admitted>();
const unpaidBytes = new WeakMap<FastifyRequest, number>();

/** A hook for routes: names the caller, and refuses one who has used up its allowance before a byte of the body is read. */
export function admitBefore({ authenticator, callers, gate, tracer }: AdmissionParts): onRequestHookHandler {
  return (request, reply, done) => {
    const admit = (authentication: Authentication) => {
      const known = authentication.kind === 'authenticated' ? authentication : undefined;
      const mark = currentRequest();
      if (mark !== undefined) {
        mark.subject = known?.subject;
        mark.delegate = known?.delegate;
        // Whoever is not known could have everything traced, and put their requests into the traces of others.
        const parent = tracer && known && parseTraceParent(request.headers.traceparent);
        mark.trace = tracer?.begin(parent);
      }
      const caller = callerOf(callers, known, request.ip);
      admitted.set(request, { authentication, caller, isGone: isGoneOf(request, reply) });
      // Whatever becomes of it, also when its connection ends while it waits.
      reply.raw.once('close', () => takePass(request)?.giveBack());
      const waitSeconds = payForRequest(caller, request.url.length);
      if (waitSeconds > 0) refuseForNow(reply, waitSeconds);
      else if (gate.hasRoom(caller, weightOfBytes(Number(request.headers['content-length'] ?? 0)))) done();
      else refuseOverloaded(reply);
    };
    const found = authenticator.authenticate(request.headers.authorization);
    // Whom it knows already, it knows at once.
    if (found instanceof Promise) found.then(admit).catch(done);
    else admit(found);
  };
}

/** Who sent this request; undefined on routes where nobody is asked. */
export function admittedOf(request: FastifyRequest): Admitted | undefined {
  return admitted.get(request);
}

/** The seconds after which a body of this size may come; 0 when it is paid for. */
export function payForBody(request: FastifyRequest, bytes: number): number {
  const known = admitted.get(request);
  if (known !== undefined) return known.caller.take(pointsOfBytes(bytes));
  unpaidBytes.set(request, bytes);
  return 0;
}

const passes = new WeakMap<FastifyRequest, Pass>();
/**
 * Takes room for a request that has arrived as a whole: one that is still to come would hold it for as long as its sender likes.
 * Calls back when it is its turn to be understood, with false where there is no room, or nobody who waits for it.
 */
export function enterGate(
  request: FastifyRequest,
  gate: Gate,
  work: ExpectedRequest,
  done: (isIn: boolean) => void,
): void {
  const isIn = enter(request, gate, work);
  if (typeof isIn === 'boolean') done(isIn);
  else void isIn.then(done, () => done(false));
}

function enter(request: FastifyRequest, gate: Gate, work: ExpectedRequest): boolean | Promise<boolean> {
  const known = admitted.get(request);
  // On routes where nobody is asked who they are, or where it is done already.
  if (known === undefined || passes.has(request)) return true;
  const pass = gate.enter(known.caller, { ...work, isGone: known.isGone });
  if (pass === undefined) return false;
  passes.set(request, pass);
  return pass.turn === undefined || takeTurn(pass, pass.turn, known.isGone);
}

async function takeTurn({ kind }: Pass, turn: Promise<boolean>, isGone: () => boolean): Promise<boolean> {
  if (!(await turn)) return false;
  await pauseBefore(kind);
  return !isGone();
}

/**
 * Many may have their turn at the same moment; they begin one after the other, with a look at the network in between. Not what others
 * depend on; and not writes, which would lose their order.
 */
function pauseBefore(kind: WorkKind): Promise<void> | undefined {
  return kind === 'enforcement' || kind === 'writes' ? undefined : turns.pause();
}

/** Whoever takes it gives it back, when the work has ended. */
export function takePass(request: FastifyRequest): Pass | undefined {
  const pass = passes.get(request);
  passes.delete(request);
  return pass;
}

/** How large a body is that is still to be paid for, as on routes where nobody is asked who they are. */
export function unpaidBytesOf(request: FastifyRequest): number {
  return unpaidBytes.get(request) ?? 0;
}

export function pointsOfBytes(bytes: number): number {
  return bytes / bytesPerPoint;
}

export function refuseForNow(reply: FastifyReply, waitSeconds: number): FastifyReply {
  return answerError(reply, toldOf(tooManyRequestsProblem(waitSeconds)));
}

export function refuseOverloaded(reply: FastifyReply): FastifyReply {
  return answerError(reply, toldOf(overloadedProblem));
}

/** Whoever has not proven who they are is known by where they come from. */
export function callerOf(callers: Callers, known: Authenticated | undefined, address: string): ServedCaller {
  return known === undefined ? callers.from(networkOf(address)) : callers.of(callerName(known));
}

/** The seconds after which a request, or a message, with this many bytes may come; 0 when it is paid for. */
export function payForRequest(caller: ServedCaller, bytes: number): number {
  return caller.take(pointsPerRequest + pointsOfBytes(bytes));
}

/** Largest request that is read. */
export const maxBodyBytes = limits.bodyBytes.most;

function isGoneOf({ headers }: FastifyRequest, { raw }: FastifyReply): () => boolean {
  const until = waitedUntil(headers);
  return () => raw.destroyed || performance.now() > until;
}
