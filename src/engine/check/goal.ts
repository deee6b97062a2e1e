import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import type { Context } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { Edge, NodeId } from '../ports.ts';
import type { PreparedModel } from '../prepared-model.ts';
import type { RelationPlan } from '../relation-plan.ts';
import type { Formula } from './formula.ts';
import type { OpenPart } from './open-part.ts';

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
