import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { findSubtractingRelations } from '../../model/subtracting-relations.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, findGrantable } from '../authorize.ts';
import { authorizeOnPlatform } from '../authorize-on-platform.ts';
import type { Postern } from '../postern.ts';
import { invalid, type Refusal } from '../refusal.ts';

/** Most relationships that one off-boarding goes through. */
export const maxHoldings = 10_000;

/** What an actor may take from a subject. */
export interface RevocableHoldings {
  /** What is written for the subject itself, and for subject sets that are rooted in it. */
  readonly direct: readonly StoredRelationship[];
  readonly revocableOf: (relationships: readonly StoredRelationship[]) => Promise<Revocable>;
}

/** Those of some relationships that the actor may take away. */
export interface Revocable {
  readonly relationships: readonly StoredRelationship[];
  /** Whether that cannot be said of all of them. */
  readonly isCut: boolean;
}

/**
 * What the subject holds directly, as far as the actor may take it away: everything with `can_write_relationships`, and
 * otherwise what the actor may revoke, relationship by relationship; nothing else is told.
 *
 * What only takes rights away, like a block, is not among it: to delete it would give something back. Where nobody can say
 * whether the actor may take something away, nothing is taken: somebody would believe that nothing was left.
 */
export async function findHoldings(
  postern: Postern,
  audited: AuditedActor,
  snapshot: StoreSnapshot,
  subject: ObjectRef,
): Promise<Result<RevocableHoldings, Refusal>> {
  const all = await authorizeRead(snapshot, audited, 'can_write_relationships', postern.platform);
  if (!all.ok && all.problem.kind !== 'forbidden') return all;
  const stored = await snapshot.readHoldings({ kind: 'all', object: subject }, maxHoldings + 1);
  const giving = inOrder(withoutSubtracting(snapshot, stored));
  if (all.ok) {
    if (stored.length > maxHoldings) return failed(tooMany(subject));
    const authorized = await authorizeOnPlatform(postern, audited, snapshot, giving);
    return authorized.ok
      ? ok({ direct: giving, revocableOf: async (relationships) => ({ relationships, isCut: false }) })
      : authorized;
  }
  const revocableOf: RevocableHoldings['revocableOf'] = async (list) => {
    const { grantable, undecided } = await findGrantable(snapshot, audited, list);
    return { relationships: grantable, isCut: undecided !== undefined };
  };
  const { grantable: direct, undecided } = await findGrantable(snapshot, audited, giving);
  if (undecided !== undefined) return failed(undecided);
  // How much a subject holds is told to those only who may take something from it.
  if (direct.length > 0) return stored.length > maxHoldings ? failed(tooMany(subject)) : ok({ direct, revocableOf });
  const message = `This needs the right to revoke something that ${quote(formatObjectRef(subject))} holds.`;
  return failed({ kind: 'forbidden', message });
}

function tooMany(subject: ObjectRef): Refusal {
  const message = `${quote(formatObjectRef(subject))} holds more than ${maxHoldings} relationships; delete some with "writeRelationships" first.`;
  return invalid('INVALID_INPUT', message, ['input', 'subject']);
}

/** A stable order that shows nothing of the store's numbers. */
export function inOrder(relationships: readonly StoredRelationship[]): readonly StoredRelationship[] {
  const named = relationships.map((relationship) => ({ relationship, text: formatRelationship(relationship) }));
  return named.toSorted((a, b) => (a.text < b.text ? -1 : 1)).map(({ relationship }) => relationship);
}

function withoutSubtracting({ prepared: { model } }: StoreSnapshot, stored: readonly StoredRelationship[]) {
  const subtracting = findSubtractingRelations(model);
  return stored.filter(({ object, relation }) => {
    const defined = model.types.get(object.type)?.relations.get(relation);
    return defined === undefined || !subtracting.has(defined);
  });
}
