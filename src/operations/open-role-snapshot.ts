import { failed, ok, type Result } from '../base/result.ts';
import { findRelation } from '../model/model.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { PostgresSnapshot } from '../store/postgres-snapshot.ts';
import type { Actor } from './actor.ts';
import { authorizeGrant, objectsToAuthorize } from './authorize.ts';
import { inputErrorOf, type Refusal } from './refusal.ts';
import type { OpenSnapshot } from './run-write.ts';

/**
 * The state on which somebody changes a role, if it is theirs to change. What the model does not know is said to be unknown
 * before it is said to be forbidden.
 */
export async function openRoleSnapshot(
  open: OpenSnapshot,
  actor: Actor,
  object: ObjectRef,
  role: string,
): Promise<Result<PostgresSnapshot, Refusal>> {
  const snapshot = await open(objectsToAuthorize(actor, object));
  const known = findRelation(snapshot.prepared.model, object.type, role);
  if (!known.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(known.problem, ['input'])] });
  const authorized = await authorizeGrant(snapshot, actor, object, role);
  return authorized.ok ? ok(snapshot) : authorized;
}
