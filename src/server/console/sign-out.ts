import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { admittedOf } from '../http/admit-request.ts';
import type { Console } from './console.ts';
import { readRenewal } from './renewal.ts';

/** Before anything can be refused: whoever signs out is signed out. */
export function takeCookies({ cookies, signIns }: Console): onRequestHookHandler {
  return (_request, reply, done) => {
    cookies.take(reply, 'session');
    if (signIns.length > 0) cookies.take(reply, 'renewal');
    done();
  };
}

/** The provider is told to give out no other token, where it can be; nobody waits for what it says. */
export function signOut(console: Console) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    void revokeRenewal(console, request).catch((error: unknown) => {
      request.log.warn({ err: error }, 'What renews a session was not taken back when somebody signed out.');
    });
    return reply.code(204).send();
  };
}

async function revokeRenewal(console: Console, request: FastifyRequest): Promise<void> {
  const authentication = admittedOf(request)?.authentication;
  const renewal = await readRenewal(console, request);
  if (renewal === undefined || authentication?.kind !== 'authenticated') return;
  if (formatSubjectRef(authentication.subject) !== renewal.subject) return;
  const signIn = console.signIns.find(({ config }) => config.name === renewal.name);
  await signIn?.provider.revoke(renewal.refreshToken);
}
