import { containmentOf } from '../../model/containment.ts';
import type { Relation } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { NamedNode, NodeId, Part, ReviewableSnapshot } from '../ports.ts';
import { countsNow } from './counts-now.ts';
import { compareText } from './grant-paths.ts';

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
  const [found] = await findContainedOfEach(snapshot, [container], limit);
  return found ?? { objects: [container], isComplete: true };
}

/** The same for several objects at once, in their order: not more than `limit` relationships for all of them together. */
export async function findContainedOfEach(
  snapshot: ReviewableSnapshot,
  containers: readonly ObjectRef[],
  limit: number,
): Promise<readonly ContainedObjects[]> {
  const starts = await snapshot.resolve(containers);
  const known = new Set(starts.flatMap((node) => node ?? []));
  const { parts, isComplete } = await followParts(snapshot, known, limit);
  return containers.map((container, index) => ({
    objects: [container, ...objectsBelow(parts, starts[index]).toSorted(compareObjects)],
    isComplete,
  }));
}

type PartsOf = ReadonlyMap<NodeId, readonly NamedNode[]>;

async function followParts(snapshot: ReviewableSnapshot, starts: ReadonlySet<NodeId>, limit: number) {
  const relations = containmentOf(snapshot.prepared.model);
  const parts = new Map<NodeId, NamedNode[]>();
  const seen = new Set(starts);
  let isComplete = true;
  let left = limit;
  let level = [...starts];
  while (level.length > 0 && left > 0) {
    const read = await snapshot.readParts(level, relations, left);
    if (!read.isWhole) isComplete = false;
    left -= read.items.length;
    level = [];
    for (const part of read.items) {
      const belongs = countsNow(snapshot, relationOf(relations, part), part.edge);
      if (belongs === undefined) isComplete = false;
      if (belongs !== true || part.edge.subject.kind === 'wildcard') continue;
      const ofParent = parts.get(part.edge.subject.node) ?? [];
      parts.set(part.edge.subject.node, ofParent);
      ofParent.push(part);
      if (!seen.has(part.node)) level.push(part.node);
      seen.add(part.node);
    }
  }
  return { parts, isComplete: isComplete && left > 0 };
}

function objectsBelow(parts: PartsOf, start: NodeId | undefined): ObjectRef[] {
  if (start === undefined) return [];
  const found = new Map<NodeId, ObjectRef>();
  const open = [start];
  for (const node of open) {
    for (const part of parts.get(node) ?? []) {
      if (part.node === start || found.has(part.node)) continue;
      found.set(part.node, part.object);
      open.push(part.node);
    }
  }
  return [...found.values()];
}

function relationOf(relations: readonly Relation[], { object, edge }: Part): Relation | undefined {
  return relations.find(({ type, name }) => type === object.type && name === edge.relation);
}

export function compareObjects(left: ObjectRef, right: ObjectRef): number {
  return compareText(left.type, right.type) || compareText(left.id, right.id);
}
