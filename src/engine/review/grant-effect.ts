import type { Problem } from '../../model/problem.ts';

/** What it would mean to take a grant away. */
export type GrantEffect =
  /** A permission of its subject would change: on the object, or on what belongs to it. */
  | { readonly kind: 'effective' }
  /** None would, and why. */
  | { readonly kind: 'none'; readonly reason: IneffectiveReason }
  | { readonly kind: 'undecided'; readonly problem: Problem };

export type IneffectiveReason =
  /** What the model subtracts, or asks for besides, keeps the subject from it. */
  | 'BLOCKED'
  /** One of the relationships that it comes from begins later. */
  | 'NOT_BEGUN'
  /** A condition about the time does not hold: not yet, or no longer. */
  | 'EXPIRED'
  /** Another condition does not hold. */
  | 'CONDITION'
  /** The model does not take this relationship any more: it counts for nothing. */
  | 'IGNORED'
  /** The subject has everything that it gives by another grant, too. */
  | 'COVERED'
  /** No permission is computed from the role. */
  | 'NO_PERMISSION';
