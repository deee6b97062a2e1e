import type { OperationTypeNode } from 'graphql';
import {
  type AnswerBody,
  type ForeignSubgraph,
  type KeptFetch,
  type PermissionCheck,
  playAnswer,
  prepareFetch,
  refusedBody,
} from '#guard/foreign';
import { limits } from '../../../model/limits.ts';
import { isNestedDeeperThan } from '../../http/query-nesting.ts';
import { type AnsweringParts, answerChecks } from '../answer-checks.ts';
import { contextKeyOf, type FetchBody, type ForeignMessage } from './foreign-message.ts';
import type { FetchSeal, SealedFetch } from './sealed-fetch.ts';

export interface ForeignParts extends AnsweringParts {
  readonly seal: FetchSeal;
  /** Of the message: it is read for the caller, and charged to them where they are asked about. */
  readonly sentBytes: number;
}

type RequestMessage = Extract<ForeignMessage, { readonly stage: 'SubgraphRequest' }>;
type ResponseMessage = Extract<ForeignMessage, { readonly stage: 'SubgraphResponse' }>;

/** What the router is told of a fetch from a foreign subgraph, before and after it; undefined for an answer to no fetch of ours. */
export async function answerForeign(
  parts: ForeignParts,
  subgraph: ForeignSubgraph,
  message: ForeignMessage,
): Promise<object | undefined> {
  return message.stage === 'SubgraphRequest'
    ? answerRequest(parts, subgraph, message)
    : answerResponse(parts, subgraph, message);
}

async function answerRequest(parts: ForeignParts, subgraph: ForeignSubgraph, message: RequestMessage): Promise<object> {
  const { body, authorization } = message;
  if (isNestedDeeperThan(body.query, limits.coprocessorNesting.most)) {
    return broken(message, refusedBody('The operation is nested too deeply to be looked at.'));
  }
  const { query, operationName, variables } = body;
  const prepared = await prepareFetch(
    subgraph,
    { query, operationName, variables: variables ?? {} },
    {
      isSignedIn: authorization.length > 0,
      operation: (operation) => (checks) => ask(parts, { ...message, operation }, checks),
      maxTokens: limits.coprocessorTokens.most,
    },
  );
  switch (prepared.kind) {
    case 'untouched':
      return { ...same(message), control: 'continue', context: sealed(parts, message, { kind: 'open' }) };
    case 'answer':
      return broken(message, prepared.body);
    case 'send': {
      const context = sealed(parts, message, { kind: 'guarded', kept: prepared.kept, ...callerOf(message) });
      return { ...same(message), control: 'continue', body: rewritten(body, prepared.fetch), context };
    }
  }
}

async function answerResponse(
  parts: ForeignParts,
  subgraph: ForeignSubgraph,
  message: ResponseMessage,
): Promise<object | undefined> {
  const fetch = parts.seal.open(message, message.sealed);
  if (fetch === undefined) return undefined;
  if (fetch.kind === 'open') return { ...same(message), control: 'continue' };
  const { kept, authorization } = fetch;
  const body = await playAnswer(subgraph, kept, message.body, {
    isSignedIn: authorization.length > 0,
    ask: (checks) => ask(parts, { ...fetch, operation: kept.operation }, checks),
  });
  return { ...same(message), control: 'continue', headers: unshared(message.headers), body };
}

interface Asking {
  readonly authorization: readonly string[];
  readonly consistency: readonly string[];
  readonly operation: OperationTypeNode;
}

async function ask(parts: ForeignParts, { operation, ...asking }: Asking, checks: readonly PermissionCheck[]) {
  const { decisions } = await answerChecks(parts, { ...asking, operation: { operation } }, checks, parts.sentBytes);
  return decisions;
}

function callerOf({ authorization, consistency }: RequestMessage) {
  return { authorization, consistency };
}

/** The router takes no other names than its own. */
function same({ stage, id, subgraphRequestId, serviceName }: ForeignMessage) {
  return { version: 1, stage, ...(id !== undefined && { id }), subgraphRequestId, serviceName };
}

function sealed({ seal }: ForeignParts, message: RequestMessage, fetch: SealedFetch) {
  return { entries: { [contextKeyOf(message)]: seal.seal(message, fetch) } };
}

/** Nothing is fetched: what is here is the answer. */
function broken(message: RequestMessage, body: AnswerBody): object {
  return { ...same(message), control: { break: 200 }, headers: unshared({}), body };
}

/** What one caller is told no cache of the router's may tell another. */
function unshared(headers: ResponseMessage['headers']) {
  const kept = Object.entries(headers).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), 'cache-control': ['no-store'] };
}

const replaced: ReadonlySet<string> = new Set(['cache-control', 'content-length', 'age', 'expires', 'etag']);

/** A query of ours is in no subgraph's store of queries. */
function rewritten(body: FetchBody, { query, variables }: Pick<KeptFetch, 'query' | 'variables'>): object {
  const { persistedQuery: _hash, ...extensions } = body.extensions ?? {};
  return { ...body, query, variables, ...(body.extensions != null && { extensions }) };
}
