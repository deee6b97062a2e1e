import type { Result } from '../../base/result.ts';
import type { Snapshot } from '../../engine/ports.ts';
import { findType } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead } from '../authorize.ts';
import type { Refusal } from '../refusal.ts';

/**
 * Whether the actor may see who has access to an object: with `can_review_access` on it, or with `can_manage_access` where
 * its type has no such permission; and whoever may read all relationships of the platform.
 */
export async function authorizeReview(
  snapshot: Snapshot,
  audited: AuditedActor,
  object: ObjectRef,
  platform: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  const type = findType(snapshot.prepared.model, object.type);
  const isOwn = type.ok && type.value.relations.has('can_review_access');
  const own = await authorizeRead(snapshot, audited, isOwn ? 'can_review_access' : 'can_manage_access', object);
  if (own.ok) return own;
  const reader = await authorizeRead(snapshot, audited, 'can_read_relationships', platform);
  // What could not be decided must not look like a no.
  return reader.ok || reader.problem.kind === 'undecided' ? reader : own;
}
