import type { Relation } from '../../model/model.ts';
import type { Goal } from '../check/goal.ts';
import type { NodeId } from '../ports.ts';

/** A role on a node that was looked at, which a subject of this type could be given without a condition. */
export interface RoleCandidate {
  readonly node: NodeId;
  readonly relation: Relation;
}

/** The roles that were missing on the way to a goal; whether one of them would be enough is for a check to say. */
export function findMissingRoles(goal: Goal): readonly RoleCandidate[] {
  const { subject, found } = goal.inquiry;
  if (subject.kind !== 'object') return [];
  const { type } = subject.object;
  return found.flatMap(({ object, relation, decision }) => {
    if (decision?.kind === 'allowed') return [];
    const isAssignable = relation.restrictions.some(
      (restriction) =>
        restriction.kind === 'object' && restriction.type === type && restriction.condition === undefined,
    );
    return isAssignable ? [{ node: object, relation }] : [];
  });
}
