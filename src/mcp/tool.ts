import { z } from 'zod';
import { failed, ok, type Result } from '../base/result.ts';
import type { Consistency } from '../model/consistency.ts';
import type { Viewer } from '../operations/actor.ts';
import type { WorkKind } from '../operations/gate.ts';
import type { Postern } from '../operations/postern.ts';
import type { Refusal } from '../operations/refusal.ts';
import { argumentProblems } from './argument-problems.ts';
import type { Prose } from './prose.ts';

/** What the setting and the token must both allow before a tool is seen at all. */
export type ToolNeed = (typeof toolNeeds)[number];

export const toolNeeds = ['read', 'propose'] as const;

/** Hints for clients, never what anything is enforced by; see {@link reading} and {@link proposing}. */
export interface ToolHints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** Of a tool that answers a question. */
export const reading: ToolHints = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Of a tool that leaves a proposal, or takes it back: nothing that anybody has changes by it. */
export const proposing: ToolHints = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
};

/** One call of a tool: who asks, and with what. */
export interface ToolCall {
  /** Works for the caller, and no longer than the caller waits; what is asked of it is told with the door `mcp`. */
  readonly postern: Postern;
  readonly actor: Viewer;
  readonly consistency: Consistency;
  readonly requestId: string;
  /** Where people decide on proposals: the address of the console, where there is one. */
  readonly consoleUrl?: string | undefined;
}

/** What a tool answers: data of the form that it says, and a few words that tell no more than the data. */
export interface ToolAnswer<Data> {
  readonly says: Prose;
  /** Text that people wrote stands in members named `untrusted…` only, and is made by `untrustedText`. */
  readonly data: Data;
}

/** How a tool is written; `defineTool` makes a {@link Tool} of it. */
export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  /** `check_access`: what clients call it by. */
  readonly name: string;
  readonly title: string;
  /** For the model that chooses among tools: what is asked, what is answered, and what an answer does not mean. */
  readonly description: string;
  readonly needs: ToolNeed;
  readonly hints: ToolHints;
  /** Strict, and every member is described. */
  readonly input: Input;
  readonly output: Output;
  /** Whose room it takes at the gate. */
  readonly work: WorkKind;
  /** What it is charged before anything is done for it; see `limits.ts` for what a point is. */
  readonly points: (input: z.output<Input>) => number;
  /** Asks an operation. Problems are refusals; nothing is caught here, as whatever is thrown is no answer. */
  readonly run: (
    call: ToolCall,
    input: z.output<Input>,
  ) => Promise<Result<ToolAnswer<z.input<NoInfer<Output>>>, Refusal>>;
}

/** A tool as the door knows it, whatever it takes and answers. */
export interface Tool extends Pick<ToolDefinition<z.ZodObject, z.ZodObject>, ToolFacts> {
  /** JSON Schema 2020-12. */
  readonly inputSchema: JsonSchema;
  readonly outputSchema: JsonSchema;
  /** What a call with these arguments is; the problem is a sentence for each thing that is wrong with them. */
  readonly read: (sent: unknown) => Result<ReadyCall, string>;
}

type ToolFacts = 'name' | 'title' | 'description' | 'needs' | 'hints' | 'work';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A call whose arguments were read. */
export interface ReadyCall {
  readonly points: number;
  readonly run: (call: ToolCall) => Promise<Result<ToolAnswer<Readonly<Record<string, unknown>>>, Refusal>>;
}

export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { input, output, points, run, ...facts } = definition;
  return {
    ...facts,
    inputSchema: schemaOf(input),
    outputSchema: schemaOf(output),
    read: (sent) => {
      const parsed = input.safeParse(sent, { reportInput: true });
      if (!parsed.success) return failed(argumentProblems(parsed.error, input));
      const { data } = parsed;
      return ok({ points: points(data), run: (call) => runStrictly(run(call, data), output) });
    },
  };
}

/** What does not have the form that the tool tells of itself is thrown: no client could rely on it. */
async function runStrictly<Output extends z.ZodObject>(
  answered: Promise<Result<ToolAnswer<z.input<Output>>, Refusal>>,
  output: Output,
): Promise<Result<ToolAnswer<Readonly<Record<string, unknown>>>, Refusal>> {
  const answer = await answered;
  return answer.ok ? ok({ says: answer.value.says, data: output.parse(answer.value.data) }) : answer;
}

function schemaOf(shape: z.ZodObject): JsonSchema {
  return z.toJSONSchema(shape, { io: 'input' });
}
