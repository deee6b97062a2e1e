import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failed, ok, type Result } from '../../base/result.ts';
import { badRequest, unauthenticated } from '../../graphql/errors.ts';
import { limits } from '../../model/limits.ts';
import { unpaidBytesOf } from '../http/admit-request.ts';
import { answerError } from '../http/answer-error.ts';
import type { AnsweringParts } from './answer-checks.ts';
import type { CoprocessorConfig } from './coprocessor-config.ts';
import { decideMessage } from './decide-message.ts';
import { answerForeign } from './foreign/answer-foreign.ts';
import { isOfSubgraph, readForeignMessage, readServiceName } from './foreign/foreign-message.ts';
import { ForeignSubgraphs } from './foreign/foreign-subgraphs.ts';
import { FetchSeal } from './foreign/sealed-fetch.ts';
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
  config: CoprocessorSettings,
  parts: AnsweringParts,
): Promise<void> {
  const { secret, supergraphFile } = config;
  const supergraphs = new Supergraphs(supergraphFile, parts.postern.faults);
  const aroundSubgraph = await createForeignHandler(config, supergraphs, parts);
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) =>
    isSecret(secretOf(request), secret) ? undefined : answerError(reply, unauthenticated(notTheRouter));
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    if (isOfSubgraph(request.body)) {
      const answer = await aroundSubgraph(request.body, unpaidBytesOf(request));
      return answer.ok ? answer.value : answerError(reply, badRequest(answer.problem));
    }
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

export interface CoprocessorSettings extends CoprocessorConfig {
  /** Entities that the model calls otherwise. */
  readonly types: Readonly<Record<string, string>>;
}

type ForeignHandler = (
  message: Readonly<Record<string, unknown>>,
  sentBytes: number,
) => Promise<Result<object, string>>;

/** Answers what is asked around a fetch. Subgraphs that are not foreign guard themselves, and are left alone. */
async function createForeignHandler(
  { secret, foreign, types }: CoprocessorSettings,
  supergraphs: Supergraphs,
  parts: AnsweringParts,
): Promise<ForeignHandler> {
  const subgraphs = new ForeignSubgraphs(foreign, types);
  const supergraph = await supergraphs.checkFile();
  if (supergraph !== undefined) subgraphs.check(supergraph);
  const seal = new FetchSeal(secret);
  return async (sent, sentBytes) => {
    if (subgraphs.isEmpty) return failed(nothingForeign);
    const name = readServiceName(sent);
    if (!name.ok) return name;
    const leftAlone = { version: 1, stage: sent.stage, control: 'continue' };
    if (subgraphs.isOther(name.value)) return ok(leftAlone);
    const schema = await supergraphs.find(undefined);
    if (!schema.ok) return schema;
    if (!subgraphs.has(name.value)) {
      const other = subgraphs.checkOther(schema.value, name.value);
      return other.ok ? ok(leftAlone) : other;
    }
    const message = readForeignMessage(sent);
    if (!message.ok) return message;
    const subgraph = subgraphs.find(schema.value, name.value);
    if (!subgraph.ok) return subgraph;
    const answer = await answerForeign({ ...parts, seal, sentBytes }, subgraph.value, message.value);
    return answer === undefined ? failed(notSealed) : ok(answer);
  };
}

const nothingForeign =
  'Stages of subgraphs are answered for those only that POSTERN_FOREIGN_SUBGRAPHS names; leave coprocessor.subgraph out of the router.';
const notSealed = 'What the context says of this fetch is not from a server with this secret, or is of another fetch.';

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
