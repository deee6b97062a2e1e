import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { zip } from '../base/zip.ts';
import type { Snapshot } from '../engine/ports.ts';
import { allowed, type Decision, denied } from '../model/decision.ts';
import { findType, type Model } from '../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import type { Actor } from './actor.ts';
import { decideRights, objectsOfViewer, type Right } from './ask-rights.ts';
import { type AuditedActor, unnoted } from './audited-actor.ts';
import type { Refusal } from './refusal.ts';

/** What the platform's own operators may do; relations of the platform object, in the model like everything else. */
export type PlatformPermission =
  | 'can_check_any_subject'
  | 'can_read_relationships'
  | 'can_write_relationships'
  | 'can_publish_model'
  | 'can_read_model'
  | 'can_read_audit_log'
  | 'can_read_own_audit_log';

/** The objects that a snapshot must know to decide what this actor may do on `object`. */
export function objectsToAuthorize(actor: Actor, object: ObjectRef): readonly ObjectRef[] {
  return actor.kind === 'console' ? [object] : [object, ...objectsOfViewer(actor)];
}

/** Whether the actor of a write holds a permission: see `authorizeRead`. */
export async function authorize(
  snapshot: Snapshot,
  actor: Actor,
  permission: string,
  object: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  return authorizeRead(snapshot, unnoted(actor), permission, object);
}

/**
 * Whether the actor holds a permission, on the state of the snapshot and with nothing that the caller could assert:
 * no contextual relationships and no context but the token's own.
 */
export async function authorizeRead(
  snapshot: Snapshot,
  audited: AuditedActor,
  permission: string,
  object: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  const { actor } = audited;
  // Whoever can run commands on the server can read and write its database.
  if (actor.kind === 'console') return ok(undefined);
  const right = { permission, object };
  const { decisions, reads, enforced } = await decideRights(snapshot, actor, [right]);
  for (const read of reads) audited.note(read);
  audited.used?.(enforced());
  return judgeRight(audited, right, decisions[0]);
}

/** What follows from the decision on a right of the actor. */
export function judgeRight(
  { granted }: Pick<AuditedActor, 'granted'>,
  { permission, object }: Right,
  decision: Decision | undefined,
): Result<undefined, Refusal> {
  if (decision?.kind === 'allowed') {
    granted?.(permission);
    return ok(undefined);
  }
  if (decision?.kind === 'undecided' && !isNobodys(decision.problem))
    return failed({ kind: 'undecided', problem: decision.problem });
  const message = `This needs the permission ${quote(permission)} on ${quote(formatObjectRef(object))}.`;
  return failed({ kind: 'forbidden', message });
}

/** A model without the permission gives it to nobody: that is a no, not a mistake of the caller. */
function isNobodys({ code }: Problem): boolean {
  return code.startsWith('UNKNOWN_');
}

/**
 * Whether the actor may write this relation on this object: with `can_grant_<relation>`, or with `can_manage_access`
 * where the type has no permission of that name. A model that defines neither lets nobody.
 */
export async function authorizeGrant(
  snapshot: Snapshot,
  audited: AuditedActor,
  object: ObjectRef,
  relation: string,
): Promise<Result<undefined, Refusal>> {
  return authorizeRead(snapshot, audited, grantPermission(snapshot.prepared.model, object, relation), object);
}

export interface Grantable<Named> {
  readonly grantable: readonly Named[];
  /** Why it is not known of the others, or of one of them: where nothing else is left, that is no "no". */
  readonly undecided: Extract<Refusal, { kind: 'undecided' }> | undefined;
}

/** Those relations that the actor may write: by `authorizeGrant` for each, as one batch. What cannot be decided is not allowed. */
export async function findGrantable<Named extends { readonly object: ObjectRef; readonly relation: string }>(
  snapshot: Snapshot,
  audited: AuditedActor,
  named: readonly Named[],
): Promise<Grantable<Named>> {
  const decisions = await decideGrants(snapshot, audited, named);
  const undecided = decisions.find((decision) => decision.kind === 'undecided');
  const grantable = zip(named, decisions).flatMap(([one, { kind }]) => (kind === 'allowed' ? [one] : []));
  return { grantable, undecided: undecided?.kind === 'undecided' ? undecided : undefined };
}

/** Whether the actor may write each of these relations, in their order: by `authorizeGrant` for each, as one batch. */
export async function decideGrants(
  snapshot: Snapshot,
  { actor, note, used }: AuditedActor,
  named: readonly { readonly object: ObjectRef; readonly relation: string }[],
): Promise<readonly Decision[]> {
  if (actor.kind === 'console') return named.map(() => allowed);
  const rights = named.map(({ object, relation }): Right => {
    return { object, permission: grantPermission(snapshot.prepared.model, object, relation) };
  });
  const { decisions, reads, enforced } = await decideRights(snapshot, actor, rights);
  for (const read of reads) note(read);
  used?.(enforced());
  return decisions.map((decision) =>
    decision.kind === 'undecided' && isNobodys(decision.problem) ? denied : decision,
  );
}

/** The permission on an object that lets its holder write a relation of it. */
export function grantPermission(model: Model, object: Pick<ObjectRef, 'type'>, relation: string): string {
  const type = findType(model, object.type);
  const own = `can_grant_${relation}`;
  return type.ok && type.value.relations.has(own) ? own : 'can_manage_access';
}
