import type { FastifyReply, FastifyRequest, preSerializationHookHandler } from 'fastify';
import { isRecord } from '../../base/canonical-json.ts';

/** Codes of JSON-RPC that say what is wrong with a message. */
export const rpcCodes = {
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  internal: -32_603,
  refused: -32_000,
} as const;

/** A message that nothing is done for. */
export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: object | undefined;
}

/** Answers with an error of the protocol. */
export function answerRpcError(reply: FastifyReply, status: number, error: RpcError): FastifyReply {
  return reply.code(status).send({ jsonrpc: '2.0', id: idOf(reply.request), error });
}

/** A hook: what all doors refuse in the same way is told here in the form of this protocol. */
export const inRpcForm: preSerializationHookHandler<unknown> = (request, reply, payload, done) => {
  const told = isRecord(payload) && Array.isArray(payload.errors) ? payload.errors[0] : undefined;
  done(
    null,
    told === undefined ? payload : { jsonrpc: '2.0', id: idOf(request), error: errorOf(told, reply.statusCode) },
  );
};

function errorOf(told: unknown, status: number): RpcError {
  const { message, extensions } = isRecord(told) ? told : {};
  const { code, retryAfter } = isRecord(extensions) ? extensions : {};
  return {
    code: status >= 500 ? rpcCodes.internal : status === 400 ? rpcCodes.invalidRequest : rpcCodes.refused,
    message: typeof message === 'string' ? message : 'The request was refused.',
    data: { code, ...(typeof retryAfter === 'number' && { retryAfterSeconds: retryAfter }) },
  };
}

/** The id of the message, where it has arrived and has one. */
function idOf({ body }: FastifyRequest): string | number | null {
  const { id } = isRecord(body) ? body : {};
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}
