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
  const own = await authorizeOwnReview(snapshot, audited, object);
  if (own.ok) return own;
  const reader = await authorizeRead(snapshot, audited, 'can_read_relationships', platform);
  // What could not be decided must not look like a no.
  return reader.ok || reader.problem.kind === 'undecided' ? reader : own;
}

/**
 * Whether the actor may ask what others may do on an object: whoever may check any subject, and whoever reviews the object. What
 * of the answer is shown is another question: see `openExplanationView`.
 */
export async function authorizeQuestionAbout(
  snapshot: Snapshot,
  audited: AuditedActor,
  object: ObjectRef,
  platform: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  const checker = await authorizeRead(snapshot, audited, 'can_check_any_subject', platform);
  if (checker.ok) return checker;
  const own = await authorizeOwnReview(snapshot, audited, object);
  if (own.ok) return own;
  // What could not be decided must not look like a no; and where the type has no such right, nobody can be given it.
  return checker.problem.kind === 'undecided' || reviewPermission(snapshot, object) === undefined ? checker : own;
}

/** By what the object itself gives, whatever the platform does. */
export function authorizeOwnReview(
  snapshot: Snapshot,
  audited: AuditedActor,
  object: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  const permission = reviewPermission(snapshot, object) ?? 'can_manage_access';
  return authorizeRead(snapshot, audited, permission, object);
}

/** The permission on an object that lets its holder see who has access to it; undefined where its type has none. */
export function reviewPermission({ prepared }: Snapshot, { type: name }: Pick<ObjectRef, 'type'>): string | undefined {
  const type = findType(prepared.model, name);
  return ['can_review_access', 'can_manage_access'].find((known) => type.ok && type.value.relations.has(known));
}
