import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { Consistency } from '../../model/consistency.ts';
import type { Decision } from '../../model/decision.ts';
import { keptRoleOf, protectedRolesOf } from '../../model/declarations.ts';
import { findType, type Model, type Relation, type Restriction, type TypeDefinition } from '../../model/model.ts';
import type { RelationName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { type RoleSheet, roleSheetOf } from '../../model/role-sheet.ts';
import { rolesOf } from '../../model/roles.ts';
import { findSubtractingRelations } from '../../model/subtracting-relations.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { decideGrants, grantPermission, objectsToAuthorize } from '../authorize.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeReview } from '../reviews/authorize-review.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';

/** A role of an object, and whether the asker may give it there. */
export interface ObjectRole {
  /** The model that it is a role of. */
  readonly model: Model;
  readonly role: RelationName;
  readonly canGrant: boolean;
  /** Why it could not be decided; `canGrant` is false then. */
  readonly problem: Problem | undefined;
  /** The permission on the object that giving it needs. */
  readonly needs: string;
  /** Who can be written for it. */
  readonly subjects: readonly Restriction[];
  /** Nobody gives it to themselves. */
  readonly noSelfGrant: boolean;
  /** An object that has a permanent holder of it keeps one. */
  readonly mustKeep: boolean;
  /** It only takes rights away, as a block does. */
  readonly takesAway: boolean;
  readonly description: string | undefined;
  readonly gives: () => RoleSheet;
}

export interface ObjectRolesQuestion {
  readonly object: ObjectRef;
  readonly consistency?: Consistency | undefined;
}

/**
 * The roles of an object, and which of them the actor may give there: for an actor that may review the object, or write any
 * relation of it. What the type has is told to nobody else.
 */
export async function listObjectRoles(
  postern: Postern,
  actor: Actor,
  { object, consistency }: ObjectRolesQuestion,
): Promise<Result<readonly ObjectRole[], Refusal>> {
  const { store, platform } = postern;
  const wanted = [{ object: formatObjectRef(object) }];
  const request = { what: 'Listing the roles of an object', attempt: { action: 'reviewAccess' as const, wanted } };
  const objects = [...objectsToAuthorize(actor, platform), object];
  return readAs(postern, actor, request, (audited) =>
    withFreshSnapshot(postern, store.reader, objects, { consistency }, async (snapshot) => {
      const entitled = await entitle(snapshot, audited, object, platform);
      if (!entitled.ok) return entitled;
      const { type, grants } = entitled.value;
      await noticeUnnamed(postern, snapshot, audited, [object]);
      return ok(rolesFor(snapshot.prepared, type, object, grants));
    }),
  );
}

type Grants = ReadonlyMap<Relation, Decision>;

async function entitle(
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  object: ObjectRef,
  platform: ObjectRef,
): Promise<Result<{ readonly type: TypeDefinition; readonly grants: Grants }, Refusal>> {
  const reviewer = await authorizeReview(snapshot, audited, object, platform);
  const type = findType(snapshot.prepared.model, object.type);
  if (!type.ok) return reviewer.ok ? failed({ kind: 'undecided', problem: type.problem }) : reviewer;
  const relations = [...type.value.relations.values()].filter(({ restrictions }) => restrictions.length > 0);
  const named = relations.map(({ name: relation }) => ({ object, relation }));
  const decisions = await decideGrants(snapshot, audited, named);
  const entitled = ok({ type: type.value, grants: new Map(zip(relations, decisions)) });
  if (reviewer.ok || decisions.some(({ kind }) => kind === 'allowed')) return entitled;
  const open = decisions.find((decision) => decision.kind === 'undecided');
  return open?.kind === 'undecided' ? failed(open) : reviewer;
}

function rolesFor(
  { model, descriptions }: PreparedModel,
  type: TypeDefinition,
  object: ObjectRef,
  grants: Grants,
): readonly ObjectRole[] {
  const selfless = new Set(protectedRolesOf(type));
  const kept = keptRoleOf(type)?.role;
  const subtracting = findSubtractingRelations(model);
  return rolesOf(model, type).map((relation): ObjectRole => {
    const { name: role, restrictions: subjects } = relation;
    const grant = grants.get(relation);
    return {
      model,
      role,
      subjects,
      canGrant: grant?.kind === 'allowed',
      problem: grant?.kind === 'undecided' ? grant.problem : undefined,
      needs: grantPermission(model, object, role),
      noSelfGrant: selfless.has(role),
      mustKeep: role === kept,
      takesAway: subtracting.has(relation),
      description: descriptions.of({ kind: 'relation', type: type.name, relation: role }).description,
      gives: () => roleSheetOf(model, relation),
    };
  });
}
