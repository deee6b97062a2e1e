import { z } from 'zod';
import { isRecord } from '../../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../../base/result.ts';
import { quoteInput, readShape } from '../../config/json-setting.ts';
import { consistencyHeader } from '../../http/read-consistency-header.ts';
import { valuesOf } from '../router-message.ts';
import type { FetchName } from './sealed-fetch.ts';

/**
 * What Apollo Router asks around a fetch, from one subgraph. What is here was taken from its "Coprocessor Reference" and from
 * apollo-router/src/plugins/coprocessor: which keys of the context an answer deletes is written there only.
 */
export type ForeignMessage = FetchName &
  (
    | {
        readonly stage: 'SubgraphRequest';
        readonly body: FetchBody;
        readonly authorization: readonly string[];
        readonly consistency: readonly string[];
      }
    | {
        readonly stage: 'SubgraphResponse';
        readonly body: unknown;
        readonly headers: Headers;
        /** What the request's stage has sealed. */
        readonly sealed: string;
      }
  );

export interface FetchBody {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

type Headers = Readonly<Record<string, string | string[]>>;

const stages = ['SubgraphRequest', 'SubgraphResponse'] as const;

/** Whether a message is one of these, right or wrong. */
export function isOfSubgraph(message: unknown): message is Readonly<Record<string, unknown>> {
  return isRecord(message) && stages.some((stage) => stage === message.stage);
}

/** The key of the context, which the request's stage is told to send; below it each fetch has a key of its own. */
export const contextKey = 'postern::foreign';

export function contextKeyOf({ subgraphRequestId }: FetchName): string {
  return `${contextKey}::${subgraphRequestId}`;
}

/** Of which subgraph it is; the problem is a sentence for whoever configures the router. */
export function readServiceName(message: Readonly<Record<string, unknown>>): Result<string, string> {
  if (message.version !== 1) {
    return failed(`The message is of version ${quoteInput(message.version ?? null)}; only version 1 is understood.`);
  }
  const named = readShape(z.object({ serviceName: z.string() }), 'message', message);
  return named.ok ? ok(named.value.serviceName) : failed(`${named.problem.join(' ')} ${settingsOf(message.stage)}`);
}

export function readForeignMessage(message: Readonly<Record<string, unknown>>): Result<ForeignMessage, string> {
  const read = message.stage === 'SubgraphRequest' ? readRequest(message) : readResponse(message);
  return read.ok ? read : failed(`${read.problem} ${settingsOf(message.stage)}`);
}

function readRequest(value: Readonly<Record<string, unknown>>): Result<ForeignMessage, string> {
  const message = readShape(requestShape, 'message', value);
  if (!message.ok) return failed(message.problem.join(' '));
  const { headers, context, ...own } = message.value;
  const other = Object.keys(context.entries).find((key) => key !== contextKey);
  // The router would forget all keys that an answer does not name, also those that other fetches have set meanwhile.
  if (other !== undefined) return failed(`message.context has ${quoteInput(other)}, which nobody needs here.`);
  const authorization = valuesOf(headers, 'authorization');
  return ok({ ...own, stage: 'SubgraphRequest', authorization, consistency: valuesOf(headers, consistencyHeader) });
}

function readResponse(value: Readonly<Record<string, unknown>>): Result<ForeignMessage, string> {
  const message = readShape(responseShape, 'message', value);
  if (!message.ok) return failed(message.problem.join(' '));
  const { context, ...own } = message.value;
  const key = contextKeyOf(own);
  const sealed: unknown = Object.hasOwn(context.entries, key) ? context.entries[key] : undefined;
  if (typeof sealed !== 'string') return failed(notAsked);
  return ok({ ...own, stage: 'SubgraphResponse', sealed });
}

/** Nobody knows then what was fetched, and for whom. */
const notAsked = 'The stage "SubgraphRequest" was not asked here before this fetch.';

function settingsOf(stage: unknown): string {
  const all = 'headers, body, service_name, subgraph_request_id: true';
  return stage === 'SubgraphRequest'
    ? `Set { ${all}, context: { selective: ["${contextKey}"] } } at coprocessor.subgraph.all.request.`
    : `Set { ${all}, context: all } at coprocessor.subgraph.all.response, and the same of its request.`;
}

const shared = {
  id: z.string().optional(),
  control: z.literal('continue').optional(),
  serviceName: z.string(),
  subgraphRequestId: z.string().min(1),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  context: z.object({ entries: z.record(z.string(), z.unknown()) }),
};

const requestShape = z.object({
  ...shared,
  body: z.object({
    query: z.string(),
    operationName: z.string().nullish(),
    variables: z.record(z.string(), z.unknown()).nullish(),
    extensions: z.record(z.string(), z.unknown()).nullish(),
  }),
});

const responseShape = z.object({ ...shared, body: z.unknown() });
