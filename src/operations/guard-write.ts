import { quote } from '../base/text-problem.ts';
import { guardedRolesOf, keptRoleOf } from '../model/declarations.ts';
import type { Model } from '../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../model/relationship.ts';
import { formatSubjectRef } from '../model/subject-ref.ts';
import type { WriteTransaction } from '../store/write-transaction.ts';
import type { Actor, Viewer } from './actor.ts';
import { findHeldObjects, type KeptObject } from './permanent-holders.ts';
import type { InputError } from './refusal.ts';

/** Where the input names an object that was changed, or the very relationship that was written. */
export type FieldOf = (object: ObjectRef, written: Relationship | undefined) => readonly string[];

/**
 * Watches a write for what the model declares: that an object keeps a permanent holder of a role, and that nobody gives
 * certain roles to themselves. The returned function says what was broken, on the state that the write leaves.
 *
 * It watches the transaction itself, so that no operation can forget it; only the console is not held to it.
 */
export function guardWrite(
  transaction: WriteTransaction,
  actor: Actor,
  fieldOf: FieldOf = () => ['input'],
): () => Promise<readonly InputError[]> {
  if (actor.kind === 'console') return async () => [];
  const selfGrants: Relationship[] = [];
  const seen = new Set<string>();
  const held: KeptObject[] = [];
  transaction.watchChanges(async (operation, relationships) => {
    const model = transaction.model ?? (await transaction.openSnapshot([])).prepared.model;
    if (operation === 'write') selfGrants.push(...relationships.filter((one) => isSelfGrant(model, actor, one)));
    const touched = relationships
      .flatMap((one) => keptObjectOf(model, one))
      .filter(({ object }) => isNew(seen, object));
    held.push(...(await heldOf(transaction, touched)));
  });
  return async () => {
    const left = new Set(await heldOf(transaction, held));
    const orphaned = held.filter((one) => !left.has(one));
    return [
      ...selfGrants.map((written) => selfGrantError(written, fieldOf(written.object, written))),
      ...orphaned.map((one) => lastHolderError(one, fieldOf(one.object, undefined))),
    ];
  };
}

/** Those of the objects that have a permanent holder in the present state of the transaction. */
async function heldOf(transaction: WriteTransaction, objects: readonly KeptObject[]): Promise<readonly KeptObject[]> {
  if (objects.length === 0) return [];
  const snapshot = await transaction.openSnapshot(objects.map(({ object }) => object));
  const held = await findHeldObjects(snapshot, objects);
  return objects.filter(({ object }) => held.has(formatObjectRef(object)));
}

/** The object of a relationship, where to change it may leave the object without a permanent holder. */
export function keptObjectOf(model: Model, { object, relation }: Relationship): readonly KeptObject[] {
  const type = model.types.get(object.type);
  const kept = type && keptRoleOf(type);
  return kept !== undefined && [kept.role, kept.except].includes(relation) ? [{ object, role: kept.role }] : [];
}

/** The same as both sides are told: the subject that acts, whoever acts for it, and every subject of its type. */
function isSelfGrant(model: Model, actor: Viewer, { object, relation, subject }: Relationship): boolean {
  const type = model.types.get(object.type);
  if (type === undefined || !guardedRolesOf(type).includes(relation)) return false;
  const { subject: self, delegate } = actor;
  if (subject.kind === 'wildcard') return self.kind !== 'wildcard' && self.object.type === subject.type;
  const text = formatSubjectRef(subject);
  if (text === formatSubjectRef(self) || text === delegate) return true;
  // The claim `act` names whoever acts without a type: every subject of that name may be the same person.
  return subject.kind === 'object' && subject.object.id === delegate;
}

function isNew(seen: Set<string>, object: ObjectRef): boolean {
  const text = formatObjectRef(object);
  if (seen.has(text)) return false;
  seen.add(text);
  return true;
}

function selfGrantError(relationship: Relationship, field: readonly string[]): InputError {
  const message = `Nobody gives the role ${quote(relationship.relation)} to themselves: ${quote(formatRelationship(relationship))}.`;
  return { code: 'SELF_GRANT', message, field };
}

export function lastHolderError({ object, role }: KeptObject, field: readonly string[]): InputError {
  const message = `${quote(formatObjectRef(object))} must keep a permanent holder of the role ${quote(role)}, and this takes the last one away.`;
  return { code: 'LAST_HOLDER', message, field };
}
