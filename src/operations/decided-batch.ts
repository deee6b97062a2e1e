import type { Check } from '../engine/check/check.ts';
import type { PreparedModel } from '../engine/prepared-model.ts';
import type { Decision } from '../model/decision.ts';
import type { Actor } from './actor.ts';

/** Checks that were decided together. */
export interface DecidedBatch {
  /** Who asked; of a viewer the checks are about the viewer. */
  readonly actor: Actor;
  readonly checks: readonly Pick<Check, 'object' | 'relation'>[];
  /** One for each check, in their order. */
  readonly decisions: readonly Decision[];
  /** What they were decided on; undefined where nothing was. */
  readonly state: { readonly revision: number; readonly prepared: PreparedModel } | undefined;
  /** Which way they came. */
  readonly door?: string | undefined;
  /** When the work on them began, on the clock of `performance`. */
  readonly startedAt: number;
}
