import { throughOf } from '../../model/containment.ts';
import { permissionsOf } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { isAdmitted } from '../check/expand.ts';
import type { ReviewableSnapshot } from '../ports.ts';
import { compareObjects } from './find-contained-objects.ts';

/** Other objects whose people have permissions on an object. */
export interface GivingObjects {
  /** In byte order of types and ids. */
  readonly objects: readonly ObjectRef[];
  readonly isComplete: boolean;
}

/** More are not read: an object that belongs to so many is no object that a person reviews. */
const maxEdges = 500;

/**
 * The objects that permissions on this one are computed from over `from`, one relationship away: whoever has something there may
 * have permissions here without any role here.
 */
export async function findGivingObjects(snapshot: ReviewableSnapshot, object: ObjectRef): Promise<GivingObjects> {
  const type = snapshot.prepared.model.types.get(object.type);
  const [node] = await snapshot.resolve([object]);
  if (type === undefined || node === undefined) return { objects: [], isComplete: true };
  const through = [...throughOf(snapshot.prepared.model, permissionsOf(type))];
  const sources = through.map(({ name }) => ({ object: node, relation: name }));
  if (sources.length === 0) return { objects: [], isComplete: true };
  const edges = await snapshot.readEdgesFrom(sources, maxEdges);
  const counting = edges.items.filter((edge) =>
    through.some((relation) => relation.name === edge.relation && isAdmitted(relation, edge)),
  );
  const nodes = counting.flatMap(({ subject }) => (subject.kind === 'object' ? [subject.node] : []));
  const names = await snapshot.readNames([...new Set(nodes)]);
  return { objects: [...names.values()].toSorted(compareObjects), isComplete: edges.isWhole };
}
