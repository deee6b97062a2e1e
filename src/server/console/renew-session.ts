import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerError } from '../http/answer-error.ts';
import type { Authenticator } from '../identity/authenticate.ts';
import type { Console } from './console.ts';
import { beginSession } from './console-session.ts';
import { RenewalRefused } from './provider.ts';
import { keepRenewal, readRenewal } from './renewal.ts';
import { holderOf } from './token-holder.ts';

/**
 * Another token for a session that has not ended, for whoever it is of. Some providers take a refresh token once: pages take turns, so that
 * no two ask with the same one.
 */
export function renewSession(console: Console, authenticator: Authenticator) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const outcome = await renew(console, authenticator, request, reply);
    if (outcome === 'renewed') return reply.code(204).send();
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
): Promise<'renewed' | 'refused' | 'unavailable'> {
  const renewal = await readRenewal(console, request);
  const signIn = console.signIns.find(({ config }) => config.name === renewal?.name);
  if (renewal === undefined || signIn === undefined) return 'refused';
  const tokens = await signIn.provider.renew(renewal.refreshToken).catch((error: unknown) => {
    request.log.warn({ err: error }, `A session of "${renewal.name}" was not renewed.`);
    return error instanceof RenewalRefused ? ('refused' as const) : ('unavailable' as const);
  });
  if (typeof tokens === 'string') return tokens;
  const who = await holderOf(authenticator, signIn.config, tokens.token);
  if (who === 'unavailable') return 'unavailable';
  if (who === 'not-accepted' || who.subject !== renewal.subject) return 'refused';
  if (!(await beginSession(console, reply, tokens.token))) return 'refused';
  const refreshToken = tokens.refreshToken ?? renewal.refreshToken;
  await keepRenewal(console, reply, { ...tokens, refreshToken }, renewal);
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
