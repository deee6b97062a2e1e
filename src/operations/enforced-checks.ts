import type { Check, CheckAnswer } from '../engine/check/check.ts';

/** Checks that are allowed and that somebody enforces, with what says why for as long as somebody keeps it. */
export interface EnforcedChecks extends Pick<CheckAnswer, 'goalsOf'> {
  readonly checks: readonly Check[];
}
