import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { limits } from '../../model/limits.ts';
import { admitBefore } from '../http/admit-request.ts';
import { weightOfBytes } from '../http/expected-work.ts';
import { markOf } from '../http/mark-requests.ts';
import { readOnlyJson } from '../http/read-only-json.ts';
import { answerMessage, type McpRouteParts, refuseStrangers, refuseUnscoped } from './answer-message.ts';
import { type McpConfig, mcpPath } from './mcp-config.ts';
import { mcpMetadata, resourceMetadataPath } from './mcp-metadata.ts';
import { answerRpcError, inRpcForm, rpcCodes } from './rpc-error.ts';
import { createSpeaker } from './speak.ts';

/** A context may be nested so deep, in a question of a list in the arguments of a call. */
const mostNesting = limits.contextNesting.most + 6;

/** The door for agents at `/mcp`, and what clients learn of it before they have a token. */
export async function addMcpRoutes(app: FastifyInstance, config: McpConfig, parts: McpRouteParts): Promise<void> {
  const metadata = mcpMetadata(config);
  app.get(resourceMetadataPath, async () => metadata);
  const speaker = createSpeaker(parts.postern.report);
  app.addHook('preClose', () => speaker.close());
  // What is said of bodies and errors here is said of these routes alone.
  await app.register(async (scope) => {
    readOnlyJson(scope, parts.gate, {
      work: (_request, body) => ({ kind: 'questions', weight: weightOfBytes(body.length), onKnown: () => {} }),
      charsetStatus: 415,
      mostNesting,
    });
    scope.addHook('preSerialization', inRpcForm);
    const onRequest = [
      ...[nameIt, refuseForeignPages(config), admitBefore(parts)],
      ...[refuseStrangers(config), refuseUnscoped(config)],
    ];
    scope.post(mcpPath, { onRequest }, answerMessage(config, speaker, parts));
    // There is nothing to listen to, and no session to end.
    scope.route({
      ...{ url: mcpPath, method: ['GET', 'DELETE'] },
      handler: async (_request, reply) => answerRpcError(reply.header('allow', 'POST'), 405, onlyPost),
    });
  });
}

const onlyPost = { code: rpcCodes.refused, message: 'Messages are posted here, and nothing else is.' };

/** So that also what is refused before it is read is counted. */
const nameIt: onRequestHookHandler = (request, _reply, done) => {
  const mark = markOf(request);
  if (mark !== undefined) mark.operation = mark.field = 'mcp';
  done();
};

/** Browsers say of which page a request is; none but our own has any business here, whatever name has led it to this server. */
function refuseForeignPages({ url }: McpConfig): onRequestHookHandler {
  const { origin: own } = new URL(url);
  return (request, reply, done) => {
    const { origin } = request.headers;
    if (origin === undefined || origin === own) return done();
    const mark = markOf(request);
    if (mark !== undefined) mark.codes = ['FORBIDDEN'];
    answerRpcError(reply, 403, { code: rpcCodes.refused, message: foreign, data: { code: 'FORBIDDEN' } });
  };
}

const foreign = 'Pages of other origins may not ask here.';
