import { ok, type Result } from '../../base/result.ts';
import { followedBeyond } from '../../model/followed-beyond.ts';
import type { Model } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { findGrantable } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeReview } from '../reviews/authorize-review.ts';
import type { AccessChange } from './access-change.ts';

/**
 * Whether the actor may be told what a change would mean: whoever may review each object that it is about, or one that the object
 * belongs to.
 *
 * A change that links an object to another one, or to a set, shows who holds something there. So that needs, besides, the right to make
 * the link, as whoever may make it sees the same in a review afterwards; or the right to review what it leads to.
 */
export async function authorizeSimulation(
  postern: Postern,
  audited: AuditedActor,
  snapshot: StoreSnapshot,
  { writes, deletes }: AccessChange,
  isWithin: (object: ObjectRef) => boolean,
): Promise<Result<undefined, Refusal>> {
  const reviewed = distinct([...deletes, ...writes].map(({ object }) => object));
  const { model } = snapshot.prepared;
  const links = writes.filter((one) => leadsOn(model, one));
  const { grantable } = await findGrantable(snapshot, audited, links);
  const made = new Set(grantable);
  const linked = links
    .filter((one) => !made.has(one))
    .flatMap(({ subject }) => (subject.kind === 'wildcard' ? [] : [subject.object]));
  for (const object of distinct([...reviewed, ...linked])) {
    if (isWithin(object)) continue;
    const entitled = await authorizeReview(snapshot, audited, object, postern.platform);
    if (!entitled.ok) return entitled;
  }
  return ok(undefined);
}

/** Whether others hold something by it than its subject: whoever is in the set, or holds something on the object at its other end. */
function leadsOn(model: Model, { object, relation, subject }: Relationship): boolean {
  if (subject.kind !== 'object') return subject.kind === 'set';
  const written = model.types.get(object.type)?.relations.get(relation);
  return written !== undefined && followedBeyond(model).has(written);
}

/** Each object once. */
export function distinct(objects: readonly ObjectRef[]): readonly ObjectRef[] {
  return [...new Map(objects.map((object) => [formatObjectRef(object), object])).values()];
}
