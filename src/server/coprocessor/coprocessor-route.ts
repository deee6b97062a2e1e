import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { badRequest, unauthenticated } from '../../graphql/errors.ts';
import { limits } from '../../model/limits.ts';
import { unpaidBytesOf } from '../http/admit-request.ts';
import { answerError } from '../http/answer-error.ts';
import type { AnsweringParts } from './answer-checks.ts';
import type { CoprocessorConfig } from './coprocessor-config.ts';
import { decideMessage } from './decide-message.ts';
import { readRouterMessage } from './router-message.ts';
import { Supergraphs } from './supergraphs.ts';

/**
 * `POST /coprocessor`, for Apollo Router and Hive Router: decides what can be decided before any subgraph is asked.
 *
 * The router proves itself with the secret in `authorization: Bearer …`; or, since neither router can be told to send a header
 * of its own, at the end of the address: `/coprocessor/<secret>`. Who is not the router is refused before a body is read.
 * Whatever is wrong has a status that is not 200 and a body that is no answer: with either of them a router refuses its client.
 */
export async function addCoprocessorRoute(
  app: FastifyInstance,
  { secret, supergraphFile }: CoprocessorConfig,
  parts: AnsweringParts,
): Promise<void> {
  const supergraphs = new Supergraphs(supergraphFile, parts.postern.faults);
  await supergraphs.checkFile();
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) =>
    isSecret(secretOf(request), secret) ? undefined : answerError(reply, unauthenticated(notTheRouter));
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const message = readRouterMessage(request.body);
    if (!message.ok) return answerError(reply, badRequest(message.problem));
    const schema = await supergraphs.find(message.value.sdl);
    if (!schema.ok) return answerError(reply, badRequest(schema.problem));
    const { codec, id, sdl = '' } = message.value;
    // Its client sent the rest of it, and did not send the schema.
    const sentBytes = Math.max(0, unpaidBytesOf(request) - Buffer.byteLength(sdl));
    return codec.answer(id, await decideMessage(parts, schema.value, message.value, sentBytes));
  };
  const options = { bodyLimit: limits.coprocessorBytes.most, onRequest };
  app.post('/coprocessor', options, handler);
  app.post('/coprocessor/*', options, handler);
}

const notTheRouter = 'Only a router that knows the secret is answered here.';

/** At the end of the address, or as a bearer token. */
function secretOf({ params, headers }: FastifyRequest): string {
  const inAddress: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, '*') : undefined;
  if (typeof inAddress === 'string') return inAddress;
  return /^bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** Takes as long for every wrong secret. */
function isSecret(presented: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(presented), digest(secret));
}
