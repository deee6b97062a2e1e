import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { Model } from '../../model/model.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, findGrantable } from '../authorize.ts';
import { authorizeOnPlatform } from '../authorize-on-platform.ts';
import type { Postern } from '../postern.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { inOrder } from './find-holdings.ts';

/** Most relationships that one retirement goes through, on either side. */
export const maxNaming = 10_000;

/** What names an object, as far as the actor may take it away. */
export interface NamingRelationships {
  /** What is written on the object: all of it. */
  readonly own: readonly StoredRelationship[];
  /** What is written on others for the object, or for subject sets that are rooted in it. */
  readonly elsewhere: readonly StoredRelationship[];
}

/**
 * Everything that names the object with `can_write_relationships`. Otherwise for those only who may give every role of it, whatever is
 * written there: what is written on it, and of what is written on others that which they may revoke; nothing else is told.
 *
 * What only takes rights away is among it: with the object goes whoever it could be about. Where nobody can say whether the actor may take
 * something away, nothing is taken.
 */
export async function findNaming(
  postern: Postern,
  audited: AuditedActor,
  snapshot: StoreSnapshot,
  object: ObjectRef,
): Promise<Result<NamingRelationships, Refusal>> {
  const all = await authorizeRead(snapshot, audited, 'can_write_relationships', postern.platform);
  if (!all.ok && all.problem.kind !== 'forbidden') return all;
  const managed = all.ok ? all : await authorizeManaging(snapshot, audited, object);
  if (!managed.ok) return managed;
  const own = await snapshot.readWritten(object, maxNaming + 1);
  const held = await snapshot.readHoldings({ kind: 'all', object }, maxNaming + 1);
  if (own.length > maxNaming || held.length > maxNaming) return failed(tooMany(object));
  const others = held.filter((one) => !isSameObject(one.object, object));
  if (!all.ok) return asFarAsRevocable(snapshot, audited, own, others);
  const authorized = await authorizeOnPlatform(postern, audited, snapshot, [...own, ...others]);
  return authorized.ok ? ok({ own: inOrder(own), elsewhere: inOrder(others) }) : authorized;
}

async function asFarAsRevocable(
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  own: readonly StoredRelationship[],
  others: readonly StoredRelationship[],
): Promise<Result<NamingRelationships, Refusal>> {
  const { grantable, undecided } = await findGrantable(snapshot, audited, others);
  return undecided === undefined ? ok({ own: inOrder(own), elsewhere: inOrder(grantable) }) : failed(undecided);
}

/** By the model alone, so that nobody finds out by it what is written. */
async function authorizeManaging(
  snapshot: StoreSnapshot,
  audited: AuditedActor,
  object: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  const roles = assignableOf(snapshot.prepared.model, object);
  const { grantable, undecided } = await findGrantable(snapshot, audited, roles);
  if (roles.length > 0 && grantable.length === roles.length) return ok(undefined);
  if (undecided !== undefined) return failed(undecided);
  const message = `This needs the right to give every role of ${quote(formatObjectRef(object))}.`;
  return failed({ kind: 'forbidden', message });
}

function assignableOf(model: Model, object: ObjectRef) {
  const relations = [...(model.types.get(object.type)?.relations.values() ?? [])];
  return relations.flatMap(({ name, restrictions }) => (restrictions.length === 0 ? [] : [{ object, relation: name }]));
}

function tooMany(object: ObjectRef): Refusal {
  const message = `More than ${maxNaming} relationships name ${quote(formatObjectRef(object))}; delete some with "writeRelationships" first.`;
  return invalid('INVALID_INPUT', message, ['input', 'object']);
}
