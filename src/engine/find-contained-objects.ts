import { containmentOf } from '../model/containment.ts';
import type { Relation } from '../model/model.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { currentTimeParameter } from '../model/runtime-parameters.ts';
import { conditionHolds, isAdmitted } from './expand.ts';
import { compareText } from './grant-ways.ts';
import type { NodeId, Part, ReviewableSnapshot } from './ports.ts';

export interface ContainedObjects {
  /** The container first, then in byte order of types and ids. */
  readonly objects: readonly ObjectRef[];
  /** False when there are more, or when it could not be decided whether something belongs to it. */
  readonly isComplete: boolean;
}

/**
 * Everything that belongs to an object, directly or through others: see `containmentOf`. A relationship whose condition
 * does not hold now makes nothing belong. Not more than `limit` relationships are followed.
 */
export async function findContainedObjects(
  snapshot: ReviewableSnapshot,
  container: ObjectRef,
  limit: number,
): Promise<ContainedObjects> {
  const start = snapshot.nodeOf(container);
  const relations = containmentOf(snapshot.prepared.model);
  const found = new Map<NodeId, ObjectRef>();
  let isComplete = true;
  let left = limit;
  let level = start === undefined ? [] : [start];
  while (level.length > 0 && left > 0) {
    const parts = await snapshot.readParts(level, relations, left);
    left -= parts.length;
    level = [];
    for (const part of parts) {
      const belongs = decide(snapshot, relations, part);
      if (belongs === undefined) isComplete = false;
      if (belongs !== true || part.node === start || found.has(part.node)) continue;
      found.set(part.node, part.object);
      level.push(part.node);
    }
  }
  const sorted = [...found.values()].toSorted(compareObjects);
  return { objects: [container, ...sorted], isComplete: isComplete && left > 0 };
}

/** Whether the relationship of a part counts now; undefined when its condition cannot be evaluated. */
function decide(snapshot: ReviewableSnapshot, relations: readonly Relation[], { object, edge }: Part) {
  const relation = relations.find(({ type, name }) => type === object.type && name === edge.relation);
  if (relation === undefined || !isAdmitted(relation, edge)) return false;
  const context = new Map([[currentTimeParameter, snapshot.now.toISOString()]]);
  const holds = conditionHolds(snapshot.prepared.model, context, edge);
  return holds.ok ? holds.value : undefined;
}

export function compareObjects(left: ObjectRef, right: ObjectRef): number {
  return compareText(left.type, right.type) || compareText(left.id, right.id);
}
