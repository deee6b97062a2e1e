import type { FastifyInstance } from 'fastify';
import { isRecord } from '../../base/canonical-json.ts';
import { answerError } from '../http/answer-error.ts';
import type { Console, DevelopmentSignIn } from './console.ts';
import { beginSession, refuseForeign } from './console-session.ts';

/** For browsers on this machine only, and where this server signs tokens: it is development then. */
export function addDevelopmentSignIn(app: FastifyInstance, console: Console, { sign }: DevelopmentSignIn): void {
  app.post('/console/sign-in/development', { onRequest: refuseForeign(console) }, async ({ body }, reply) => {
    const subject = isRecord(body) ? body.subject : undefined;
    if (typeof subject !== 'string') return answerError(reply, badRequest('The body names no "subject".'));
    const token = await sign(subject).catch((error: unknown) => (error instanceof Error ? error : new Error()));
    if (token instanceof Error) return answerError(reply, badRequest(token.message));
    if (!(await beginSession(console, reply, token))) return answerError(reply, badRequest(tooLarge));
    return reply.code(204).send();
  });
}

const tooLarge = 'The token is too large for a cookie. Next: make the "claims" in example.yaml fewer.';

function badRequest(message: string) {
  return { message, extensions: { code: 'BAD_REQUEST' } };
}
