import { isRecord } from '../base/canonical-json.ts';
import type { Result } from '../base/result.ts';
import type { WorkKind } from '../operations/gate.ts';
import type { ReadyCall, Tool } from './tool.ts';
import { tools } from './tools.ts';

/** What a message asks, before anything is done for it. */
export interface RequestPlan {
  /** For numbers and logs: a tool, or a method; one of a short list. */
  readonly name: string;
  readonly work: WorkKind;
  /** What it is charged; see `limits.ts` for what a point is. */
  readonly points: number;
  /** The tool that is called, whoever may call it; undefined where there is none of that name. */
  readonly called: PlannedCall | undefined;
}

export interface PlannedCall {
  readonly tool: Tool;
  /** What is wrong with the arguments is the answer of the call. */
  readonly ready: Result<ReadyCall, string>;
}

const callMethod = 'tools/call';

/** What looks something up in the model costs about as much as a list does before its first item. */
const pointsOfLookUp = 110;

/** What is asked besides tools, and what of it takes more than any request does. */
const methods: ReadonlyMap<string, number> = new Map([
  ['server/discover', 0],
  ['tools/list', 0],
  [callMethod, 0],
  ['resources/list', 0],
  ['resources/templates/list', 0],
  ['resources/read', pointsOfLookUp],
  ['completion/complete', pointsOfLookUp],
]);

/** Where it has another name: nobody knows what clients call it. */
const other = 'other';

/** Reads what a message asks; one that is none is refused later, by whoever knows the protocol. */
export function planRequest(message: unknown): RequestPlan {
  const { method, params, id } = isRecord(message) ? message : {};
  // Whoever does not ask for an answer is not answered, and nothing is done.
  const name = id !== undefined && typeof method === 'string' && methods.has(method) ? method : other;
  const plan = { name, work: 'questions', points: methods.get(name) ?? 0, called: undefined } as const;
  if (name !== callMethod || !isRecord(params)) return plan;
  const tool = tools.find((known) => known.name === params.name);
  if (tool === undefined) return plan;
  const ready = tool.read(params.arguments ?? {});
  return {
    ...{ name: tool.name, work: tool.work, points: ready.ok ? ready.value.points : 0 },
    called: { tool, ready },
  };
}
