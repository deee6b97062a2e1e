import { keptRoleOf } from '../../model/declarations.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import { findHeldObjects, type KeptObject } from '../writes/permanent-holders.ts';

/** A role that an object must keep a permanent holder of, and would not. */
export interface OrphanedRole {
  readonly object: string;
  readonly role: string;
}

/** Objects that have a permanent holder, and would have none without what is taken from the subject. */
export async function findOrphaned(
  snapshot: StoreSnapshot,
  subject: ObjectRef,
  taken: readonly StoredRelationship[],
): Promise<readonly OrphanedRole[]> {
  const { model } = snapshot.prepared;
  const kept = taken.flatMap(({ object, relation, subject: holder }): readonly KeptObject[] => {
    const type = model.types.get(object.type);
    const role = type && keptRoleOf(type)?.role;
    return role === relation && holder.kind === 'object' ? [{ object, role }] : [];
  });
  const held = await findHeldObjects(snapshot, kept);
  const left = await findHeldObjects(snapshot, kept, subject);
  return kept.flatMap(({ object, role }) => {
    const text = formatObjectRef(object);
    return held.has(text) && !left.has(text) ? [{ object: text, role }] : [];
  });
}
