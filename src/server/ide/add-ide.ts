import type { FastifyInstance } from 'fastify';
import { invariant } from '../../base/invariant.ts';
import type { Mode } from '../config/mode.ts';
import type { Ide } from './ide.ts';

/** Puts the IDE before the routes of a development server. */
export function addIde(app: FastifyInstance, ide: Ide, mode: Mode): void {
  invariant(mode === 'development', 'the IDE is for development only');
  app.addHook('onRequest', async ({ method, url, headers, socket }, reply) => {
    const answer = await ide.answer({ method, target: url, headers, remoteAddress: socket.remoteAddress });
    if (answer !== undefined) return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });
}
