import type { Actor } from './actor.ts';

/** One call of an agent: which tool, and how it ended. */
export interface CalledTool {
  readonly actor: Actor;
  readonly door: string | undefined;
  /** A tool, or what else was asked; one of a short list. */
  readonly tool: string;
  /** The program that it came from, by its own word; undefined where it gives none. */
  readonly client: string | undefined;
  /** `ok`, or the code of why there is no answer. */
  readonly outcome: string;
  /** When it came, on the clock of `performance`. */
  readonly startedAt: number;
}
