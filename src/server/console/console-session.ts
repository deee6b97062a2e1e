import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler, onRequestHookHandler } from 'fastify';
import { decodeJwt } from 'jose';
import { unauthenticated } from '../../graphql/errors.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { admittedOf } from '../http/admit-request.ts';
import { answerError, type ToldError } from '../http/answer-error.ts';
import { authenticationError } from '../http/create-request-context.ts';
import { isOwnBrowser } from '../http/is-own-browser.ts';
import type { Authentication } from '../identity/authenticate.ts';
import type { Console } from './console.ts';
import { foreignProblem } from './foreign-problem.ts';
import { readRenewal } from './renewal.ts';

/** Puts the token of the session where everybody else puts theirs: from there on a request of the console is like any other. */
export function tokenFromCookie({ cookies }: Console): onRequestAsyncHookHandler {
  return async (request) => {
    const session = await cookies.read(request, 'session');
    // What a page sends there itself is no session.
    delete request.headers.authorization;
    if (typeof session?.token === 'string') request.headers.authorization = `Bearer ${session.token}`;
  };
}

/** Nobody else's page may use the cookie. */
export function refuseForeign(console: Console): onRequestHookHandler {
  return (request, reply, done) => {
    const problem = foreignProblem(request, console);
    if (problem === undefined) done();
    else answerError(reply, forbidden(problem));
  };
}

function forbidden(message: string): ToldError {
  return { message, extensions: { code: 'FORBIDDEN' } };
}

/** Without a session there is nobody who could ask. */
export const demandSession: onRequestHookHandler = (request, reply, done) => {
  const authentication = admittedOf(request)?.authentication;
  if (authentication?.kind === 'anonymous') answerError(reply, unauthenticated());
  else if (isOfAgent(authentication)) answerError(reply, unauthenticated('An agent has no session of the console.'));
  else done();
};

/** The console is for people: what an agent does for one of them, it does elsewhere. */
function isOfAgent(authentication: Authentication | undefined): boolean {
  return authentication?.kind === 'authenticated' && authentication.delegate?.kind === 'agent';
}

/** A page says whom it is shown to: what somebody began there is not done as whoever has signed in meanwhile, in another window. */
export const refuseChanged: onRequestHookHandler = (request, reply, done) => {
  const shown = request.headers['postern-subject'];
  const authentication = admittedOf(request)?.authentication;
  const isOther =
    shown !== undefined &&
    authentication?.kind === 'authenticated' &&
    encodeURIComponent(formatSubjectRef(authentication.subject)) !== shown;
  if (isOther) answerError(reply, changed);
  else done();
};

const changed: ToldError = {
  message: 'Somebody else has signed in meanwhile, and nothing was done. Next: load the page again.',
  extensions: { code: 'SESSION_CHANGED' },
};

/** Begins a session, which ends with the token. */
export async function beginSession({ cookies }: Console, reply: FastifyReply, token: string): Promise<boolean> {
  return cookies.give(reply, 'session', { token }, endOfToken(token));
}

export function endOfToken(token: string): Date {
  return new Date((decodeJwt(token).exp ?? 0) * 1000);
}

/** Who has signed in, until when, and how else one can. */
export function answerSession(console: Console) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { platform, signIns, development, cookies } = console;
    const authentication = admittedOf(request)?.authentication;
    if (authentication?.kind === 'unavailable') return answerError(reply, authenticationError(authentication));
    const isIn = authentication?.kind === 'authenticated' && !isOfAgent(authentication);
    if (!isIn && request.headers.cookie !== undefined) cookies.take(reply, 'session');
    const isHere = isOwnBrowser({ headers: request.headers, remoteAddress: request.socket.remoteAddress });
    return {
      subject: isIn ? formatSubjectRef(authentication.subject) : null,
      endsAt: isIn ? authentication.expiresAt : null,
      isRenewable: isIn && (await readRenewal(console, request)) !== undefined,
      platform,
      signIns: signIns.map(({ config: { name, label } }) => ({ name, label })),
      developmentCallers: isHere ? (development?.callers ?? null) : null,
    };
  };
}
