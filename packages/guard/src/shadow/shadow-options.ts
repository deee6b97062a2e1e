import type { Decision, PermissionCheck } from '../decision.ts';
import { type ShadowClock, timers } from './shadow-clock.ts';

/** A question as the old system is asked it. */
export interface ShadowQuestion extends PermissionCheck {
  /** The caller's own header. */
  readonly authorization: string;
  /** Ends when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** What the old system says; anything else is an error of it. */
export type OldAnswer = boolean | { readonly allowed: boolean; readonly explanation?: string };

/** What came of comparing one decision; only differences that last, when both are asked again, are `old_allow` or `old_deny`. */
export type ShadowResult =
  | 'same'
  /** The old system allows what Postern denies. */
  | 'old_allow'
  /** The old system denies what Postern allows. */
  | 'old_deny'
  /** Postern could not decide. */
  | 'undecided'
  /** The old system gave no answer, none in time, or none that can be read. */
  | 'error'
  /** There was too much to compare; nobody was asked. */
  | 'dropped';

export interface ShadowComparison extends PermissionCheck {
  readonly at: Date;
  /** As in `track:42`. */
  readonly type: string;
  /** Who asked, where the option `subject` says it. */
  readonly subject: string | undefined;
  readonly postern: Decision['kind'];
  readonly old: 'allowed' | 'denied' | undefined;
  /** The old system's own, when it gave one. */
  readonly explanation: string | undefined;
  readonly result: ShadowResult;
}

export interface ShadowOptions {
  /** Asks the old system, after Postern's answer went out. Whatever it does, no answer is later or another one for it. */
  ask(question: ShadowQuestion): OldAnswer | PromiseLike<OldAnswer>;
  /** The share of checks that is compared, from 0 to 1; 1 by default. */
  readonly sample?: number;
  /** How long one answer is waited for; 1,000 by default. */
  readonly deadlineMs?: number;
  /** After how long both are asked again where they differ; 2,000 by default. */
  readonly againAfterMs?: number;
  /** How many questions the old system has at once; 4 by default. */
  readonly concurrency?: number;
  /** How many checks wait to be compared, and how many to be asked again; what is beyond is dropped and counted; 1,000 by default. */
  readonly waiting?: number;
  /** Who a header is, as Postern knows them (`user:ann`): without it, recorded questions cannot be asked again. */
  subject?(authorization: string): string | undefined;
  /** Is told what came of each comparison. */
  onCompared?(comparison: ShadowComparison): void;
  /** Is given the same as a line of JSON, for a file that `postern shadow` reads. */
  onLine?(line: string): void;
  readonly clock?: ShadowClock;
  /** A number from 0 up to 1. */
  random?(): number;
}

export type ShadowSettings = ShadowOptions &
  Required<
    Pick<ShadowOptions, 'sample' | 'deadlineMs' | 'againAfterMs' | 'concurrency' | 'waiting' | 'clock' | 'random'>
  >;

/** Throws a sentence that names what is wrong. */
export function readShadowOptions(options: ShadowOptions): ShadowSettings {
  const settings = {
    sample: 1,
    deadlineMs: 1000,
    againAfterMs: 2000,
    concurrency: 4,
    waiting: 1000,
    clock: timers,
    random: Math.random,
    ...options,
    ask: options.ask,
  };
  if (typeof settings.ask !== 'function') {
    throw new TypeError('The option "shadow.ask" is no function; it should ask the old system.');
  }
  for (const [name, least, most] of limits) check(name, settings[name], least, most);
  return settings;
}

const limits = [
  ['sample', 0, 1],
  ['deadlineMs', 1, 600_000],
  ['againAfterMs', 0, 600_000],
  ['concurrency', 1, 1000],
  ['waiting', 0, 1_000_000],
] as const;

function check(name: string, value: unknown, least: number, most: number): void {
  if (typeof value === 'number' && value >= least && value <= most) return;
  const given = typeof value === 'string' ? `"${value.slice(0, 100)}"` : String(value);
  throw new TypeError(`The option "shadow.${name}" is ${given}; it should be a number from ${least} to ${most}.`);
}
