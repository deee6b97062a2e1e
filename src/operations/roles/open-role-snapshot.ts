import { failed, ok, type Result } from '../../base/result.ts';
import type { Snapshot } from '../../engine/ports.ts';
import { type Audience, findRelation, findType } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import type { Actor } from '../actor.ts';
import { type AuditedActor, unnoted } from '../audited-actor.ts';
import { authorizeGrant, findGrantable, objectsToAuthorize } from '../authorize.ts';
import { inputErrorOf, type Refusal } from '../refusal.ts';
import type { OpenDeciding } from '../writes/run-write.ts';

/**
 * The state on which somebody changes a role, if it is theirs to change. What the model does not know is said to be unknown
 * before it is said to be forbidden. It knows the other objects that are `named`, too.
 */
export async function openRoleSnapshot(
  open: OpenDeciding,
  audited: AuditedActor,
  object: ObjectRef,
  role: string,
  named: readonly (ObjectRef | undefined)[] = [],
): Promise<Result<DecidingSnapshot, Refusal>> {
  const { actor } = audited;
  const snapshot = await open([...objectsToAuthorize(actor, object), ...named.filter((one) => one !== undefined)]);
  const find = (audience: Audience) => findRelation(snapshot.prepared.model, object.type, role, audience);
  const known = await explainTo(snapshot, actor, object, find);
  if (!known.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(known.problem, ['input'])] });
  const authorized = await authorizeGrant(snapshot, audited, object, role);
  return authorized.ok ? ok(snapshot) : authorized;
}

/** The names of roles, where something is wrong, for those who give or take some role of the object; nothing for anybody else. */
export async function explainTo<Value>(
  snapshot: Snapshot,
  actor: Actor,
  object: ObjectRef,
  find: (audience: Audience) => Result<Value, Problem>,
): Promise<Result<Value, Problem>> {
  const found = find('anybody');
  if (found.ok || !(await grantsSomething(snapshot, actor, object))) return found;
  return find('administrator');
}

async function grantsSomething(snapshot: Snapshot, actor: Actor, object: ObjectRef): Promise<boolean> {
  const type = findType(snapshot.prepared.model, object.type);
  if (!type.ok) return false;
  const named = Array.from(type.value.relations.keys(), (relation) => ({ object, relation }));
  return (await findGrantable(snapshot, unnoted(actor), named)).grantable.length > 0;
}
