import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { admittedOf } from '../http/admit-request.ts';
import { answerError } from '../http/answer-error.ts';
import type { Authenticator } from '../identity/authenticate.ts';
import type { Console } from './console.ts';
import { beginSession, endOfToken } from './console-session.ts';
import { RenewalRefused } from './provider.ts';
import { keepRenewal, readRenewal } from './renewal.ts';
import { holderOf } from './token-holder.ts';

/** A session that has more left than this is good as it is: whoever asks all the time does not make the provider be asked. */
const longestLeftMs = 2 * 60_000;

/**
 * Another token for a session that has not ended, for whoever it is of. Some providers take a refresh token once: pages take turns, so that
 * no two ask with the same one.
 */
export function renewSession(console: Console, authenticator: Authenticator) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const outcome = await renew(console, authenticator, request, reply);
    if (outcome === 'renewed' || outcome === 'good') return reply.code(204).send();
    if (outcome === 'unavailable') return answerError(reply, unavailable);
    // The session itself goes on until its end.
    console.cookies.take(reply, 'renewal');
    return answerError(reply, refused);
  };
}

async function renew(
  console: Console,
  authenticator: Authenticator,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<'renewed' | 'good' | 'refused' | 'unavailable'> {
  const authentication = admittedOf(request)?.authentication;
  const renewal = await readRenewal(console, request);
  const signIn = console.signIns.find(({ config }) => config.name === renewal?.name);
  if (renewal === undefined || signIn === undefined || authentication?.kind !== 'authenticated') return 'refused';
  if (formatSubjectRef(authentication.subject) !== renewal.subject) return 'refused';
  if (authentication.expiresAt.getTime() - Date.now() > longestLeftMs) return 'good';
  const tokens = await signIn.provider.renew(renewal.refreshToken).catch((error: unknown) => {
    request.log.warn({ err: error }, `A session of "${renewal.name}" was not renewed.`);
    return error instanceof RenewalRefused ? ('refused' as const) : ('unavailable' as const);
  });
  if (typeof tokens === 'string') return tokens;
  const refreshToken = tokens.refreshToken ?? renewal.refreshToken;
  const who = await holderOf(authenticator, signIn.config, tokens.token);
  if (who === 'unavailable') {
    // What the provider has taken back by now is of no use any more.
    await keepRenewal(console, reply, { refreshToken, endsAt: authentication.expiresAt }, renewal);
    return 'unavailable';
  }
  if (who === 'not-accepted' || who.subject !== renewal.subject) return 'refused';
  if (!(await beginSession(console, reply, tokens.token))) return 'refused';
  await keepRenewal(console, reply, { refreshToken, endsAt: endOfToken(tokens.token) }, renewal);
  return 'renewed';
}

const refused = {
  message: 'This session cannot be renewed. Next: sign in again when it has ended.',
  extensions: { code: 'FORBIDDEN' },
};

const unavailable = {
  message: 'Whoever knows you cannot be asked at the moment. Next: try again before the session ends.',
  extensions: { code: 'AUTHORIZATION_UNAVAILABLE' },
};
