import type { Model } from '../../../model/model.ts';
import type { Relationship } from '../../../model/relationship.ts';
import type { Construct } from '../translate/construct.ts';
import type { CountRow } from '../translate/count-table.ts';
import type { RefusedRelationship } from '../translate/gathered.ts';
import type { GivenNames } from '../translate/given-names.ts';

/** Everything that moving in means, found out from a source alone. */
export interface MovingPlan {
  readonly source: PlanSource;
  readonly dsl: string;
  /** Nothing where the source cannot be a model at all. */
  readonly model: Model | undefined;
  readonly relationships: readonly Relationship[];
  readonly constructs: readonly Construct[];
  readonly counts: readonly CountRow[];
  readonly refused: readonly RefusedRelationship[];
  readonly names: GivenNames;
  readonly assertions: readonly PlannedAssertion[];
  /** Sentences about what nobody can know from the source alone. */
  readonly warnings: readonly string[];
}

export interface PlanSource {
  readonly kind: 'openfga' | 'spicedb' | 'keto';
  /** The file, or the address that it was read from. */
  readonly from: string;
  /** Where to go on reading what changes. */
  readonly follow?: FollowStart | undefined;
}

/** A store of an OpenFGA that runs, and what of it is in the plan. */
export interface FollowStart {
  readonly url: string;
  readonly store: string;
  readonly model: string;
  readonly position: ChangePosition;
}

/** A place in the changes of an OpenFGA: behind a token, or from a time on. */
export type ChangePosition = { readonly token: string } | { readonly startTime: string };

/** A question that the source says the answer to. */
export interface PlannedAssertion {
  readonly line: number | undefined;
  /** As the source writes it. */
  readonly text: string;
  readonly user: string;
  readonly relation: string;
  readonly object: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly expected: 'allowed' | 'denied' | 'undecided';
}
