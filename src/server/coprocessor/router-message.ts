import { z } from 'zod';
import { isRecord } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quoteInput, readShape } from '../config/json-setting.ts';
import { consistencyHeader } from '../http/read-consistency-header.ts';
import { type RouterCodec, routerCodecs } from './router-codec.ts';

/** What a router asks about one operation. Nothing in it says who the caller is but the caller's own token. */
export interface RouterMessage {
  readonly codec: RouterCodec;
  readonly id: string | undefined;
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  /** Each `authorization` header that the client sent. */
  readonly authorization: readonly string[];
  /** Each `postern-consistency` header. */
  readonly consistency: readonly string[];
  /** The schema, where the router is told to send it. */
  readonly sdl: string | undefined;
}

/** Reads a message of either router; the problem is a sentence for whoever configures the router. */
export function readRouterMessage(value: unknown): Result<RouterMessage, string> {
  if (!isRecord(value)) return failed('The message is not an object.');
  if (value.version !== 1) {
    return failed(`The message is of version ${quoteInput(value.version ?? null)}; only version 1 is understood.`);
  }
  const codec = routerCodecs.find(({ stage }) => stage === value.stage);
  if (codec === undefined) return failed(wrongStage(value.stage));
  const message = readShape(shape, 'message', value);
  if (!message.ok) return failed(`${message.problem.join(' ')} ${codec.settings}`);
  const { id, body, headers, sdl } = message.value;
  const sent = { operationName: body.operationName, variables: body.variables, sdl };
  const authorization = valuesOf(headers, 'authorization');
  return ok({ codec, id, ...body, ...sent, authorization, consistency: valuesOf(headers, consistencyHeader) });
}

/** Each value of a header, whatever its case. */
export function valuesOf(headers: Readonly<Record<string, string | string[]>>, wanted: string): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === wanted)
    .flatMap(([, values]) => values);
}

function wrongStage(stage: unknown): string {
  const known = routerCodecs.map((codec) => `"${codec.stage}" (${codec.router})`).join(' or ');
  return `The stage ${quoteInput(stage ?? null)} is not answered here; configure ${known}.`;
}

const shape = z.object({
  id: z.string().optional(),
  control: z.literal('continue').optional(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.object({
    query: z.string(),
    operationName: z.string().nullish(),
    variables: z.record(z.string(), z.unknown()).nullish(),
  }),
  sdl: z
    .string()
    .nullish()
    .transform((sdl) => sdl ?? undefined),
});
