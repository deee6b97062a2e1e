import type { NamedNode } from '../../engine/ports.ts';
import type { Relation } from '../../model/model.ts';
import type { Relationship } from '../../model/relationship.ts';

/** A permission that lets somebody write relations of an object. */
export interface GrantRight {
  readonly object: NamedNode;
  readonly permission: Relation;
}

/** A role that somebody could give to itself, by a right, when everything of the steps before is written. */
export interface ClimbStep {
  readonly number: number;
  readonly relationship: Relationship;
  readonly right: GrantRight;
}
