import type { ModelSource } from '../../../model/model-source.ts';
import type { FollowStart, PlannedAssertion } from '../plan/moving-plan.ts';

/** What an OpenFGA gave out. */
export interface OpenfgaSource {
  readonly model: ModelSource;
  /** The line of the file that stands before the first one of the model. */
  readonly modelBefore: number;
  readonly tuples: readonly SourceTuple[];
  readonly assertions: readonly PlannedAssertion[];
  readonly warnings: readonly string[];
  readonly follow?: FollowStart;
}

/** A relationship as OpenFGA writes it, which nobody has looked at. */
export interface SourceTuple {
  readonly line: number | undefined;
  readonly value: unknown;
}
