import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import type { Context } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { Edge, NodeId } from '../ports.ts';
import type { PreparedModel } from '../prepared-model.ts';
import type { RelationPlan } from '../relation-plan.ts';

/** A sub-question: does the subject of the inquiry hold this relation on this object? */
export interface Goal {
  readonly inquiry: Inquiry;
  readonly object: NodeId;
  readonly relation: Relation;
  /** Objects that were stepped over on the shortest way from a check: each `from` and each subject set is one. */
  hops: number;
  /** Set when the goal's edges are known. */
  formula: Formula | undefined;
  /** Set when it is settled; never changed after. */
  decision: Decision | undefined;
  /** What waits for it, as long as it is open; undefined for nothing. */
  dependents: OpenPart[] | undefined;
}

/** A rewrite applied to the edges of one object: what a goal's decision is made of. Only `formula.ts` takes one apart. */
export type Formula =
  | DecisionFormula
  | GoalFormula
  | ViaFormula
  | { readonly kind: 'union'; readonly operands: readonly Formula[] }
  | { readonly kind: 'intersection'; readonly operands: readonly Formula[] }
  | ExclusionFormula;

/** What is known without another goal. */
export interface DecisionFormula {
  readonly kind: 'decision';
  readonly decision: Decision;
}

/** Another goal, and whether it is one hop away or on the same object. */
export interface GoalFormula {
  readonly kind: 'goal';
  readonly goal: Goal;
  readonly hops: 0 | 1;
}

/** What follows from a relationship, its condition taken into account; keeps it for explanations. */
export interface ViaFormula {
  readonly kind: 'via';
  readonly edge: Edge;
  readonly formula: Formula;
}

export interface ExclusionFormula {
  readonly kind: 'exclusion';
  readonly base: Formula;
  readonly subtracted: Formula;
}

/** What takes in decisions one by one; `same` passes on the one that it gets. */
export type PartKind = 'union' | 'intersection' | 'exclusion' | 'same';

/**
 * A part of the formula of an open goal that waits for open goals.
 *
 * It is told once of each of its operands when that is decided, and counts them: nothing is looked at twice, however many
 * operands there are.
 */
export interface OpenPart {
  readonly kind: PartKind;
  readonly formula: Formula;
  readonly goal: Goal;
  /** The part that this one is an operand of; undefined for the goal's whole formula. */
  readonly parent: OpenPart | undefined;
  /** Whether it is what its parent subtracts. */
  readonly isSubtracted: boolean;
  /** Whether it stands behind an odd number of `but not`. */
  readonly isBehindNot: boolean;
  isSettled: boolean;
  /** Operands that are not decided. */
  open: number;
  /** Whether an operand is undecided for good. */
  isDoubtful: boolean;
  /** The sides of an exclusion, as soon as they are decided. */
  base: Decision | undefined;
  subtracted: Decision | undefined;
}

/** All goals about one subject in one context and one state; they share their answers. */
export interface Inquiry {
  readonly prepared: PreparedModel;
  readonly subject: SubjectRef;
  /** The node of the subject's object; undefined for a wildcard. */
  readonly subjectNode: NodeId | undefined;
  readonly context: Context;
  /** An edge that counts as not being there. */
  readonly missing: Edge | undefined;
  readonly planOf: (relation: Relation) => RelationPlan;
  readonly goals: Map<NodeId, Map<Relation, Goal>>;
  /** In the order in which they were found: a goal stands behind the first one that needs it. */
  readonly found: Goal[];
}

/** The goal of an inquiry for this relation and object, made when it is asked for the first time. */
export function goalFor(inquiry: Inquiry, object: NodeId, relation: Relation, hops: number): Goal {
  let ofObject = inquiry.goals.get(object);
  if (ofObject === undefined) {
    ofObject = new Map();
    inquiry.goals.set(object, ofObject);
  }
  const known = ofObject.get(relation);
  if (known !== undefined) {
    known.hops = Math.min(known.hops, hops);
    return known;
  }
  const goal: Goal = {
    inquiry,
    object,
    relation,
    hops,
    formula: undefined,
    decision: undefined,
    dependents: undefined,
  };
  ofObject.set(relation, goal);
  inquiry.found.push(goal);
  return goal;
}
