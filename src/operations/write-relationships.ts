import { canonicalJson } from '../base/canonical-json.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import type { Snapshot } from '../engine/ports.ts';
import type { Model } from '../model/model.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../model/relationship.ts';
import { validateRelationship } from '../model/validate-relationship.ts';
import { type Actor, actorSubject } from './actor.ts';
import { authorize, authorizeGrant, objectsToAuthorize } from './authorize.ts';
import type { Postern } from './postern.ts';
import { type InputError, inputErrorOf, invalid, type Refusal } from './refusal.ts';
import { recordOf } from './relationship-record.ts';
import { type Idempotency, runWrite, type Write, type WriteOutput } from './run-write.ts';

export interface WriteRelationshipsInput {
  readonly writes: readonly Relationship[];
  readonly deletes: readonly Relationship[];
  /** What a relationship that exists already means; ignored only if it is the same in condition and expiry. */
  readonly onDuplicate: 'ERROR' | 'IGNORE';
  readonly onMissing: 'ERROR' | 'IGNORE';
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
}

export interface WriteRelationshipsOutcome {
  readonly written: number;
  readonly deleted: number;
}

/** Most relationships that one call writes and deletes. */
export const maxRelationshipsPerWrite = 1000;

/** Writes and deletes relationships, all or nothing, for an actor with `can_write_relationships`. Deletes come first. */
export async function writeRelationships(
  postern: Postern,
  actor: Actor,
  input: WriteRelationshipsInput,
): Promise<Result<WriteOutput<WriteRelationshipsOutcome>, Refusal>> {
  const refused = checkShape(input);
  if (refused !== undefined) return failed(refused);
  const wanted = [...input.deletes, ...input.writes].map(recordOf);
  const { reason, idempotency } = input;
  const request = { action: 'writeRelationships', wanted, reason, idempotency };
  return runWrite(postern, actor, request, async (write) => {
    const { transaction } = write;
    const snapshot = await transaction.openSnapshot(objectsToAuthorize(actor, postern.platform));
    const authorized = await authorizeWrites(postern, actor, snapshot, input);
    if (!authorized.ok) return authorized;
    const errors = validate(snapshot.prepared.model, input.writes);
    if (errors.length > 0) return failed({ kind: 'invalid', errors });
    return apply(write, actor, input);
  });
}

/**
 * Whoever may write any relationship could make itself an operator with one: so what is written on the platform object
 * itself needs the right to grant it besides.
 */
async function authorizeWrites(
  { platform }: Postern,
  actor: Actor,
  snapshot: Snapshot,
  { writes, deletes }: WriteRelationshipsInput,
): Promise<Result<undefined, Refusal>> {
  const authorized = await authorize(snapshot, actor, 'can_write_relationships', platform);
  if (!authorized.ok) return authorized;
  const onPlatform = [...writes, ...deletes].filter(({ object }) => isSameObject(object, platform));
  for (const relation of new Set(onPlatform.map((relationship) => relationship.relation))) {
    const granted = await authorizeGrant(snapshot, actor, platform, relation);
    if (!granted.ok) return granted;
  }
  return ok(undefined);
}

function isSameObject(left: ObjectRef, right: ObjectRef): boolean {
  return left.type === right.type && left.id === right.id;
}

function checkShape({ writes, deletes }: WriteRelationshipsInput): Refusal | undefined {
  const all = [...deletes, ...writes];
  if (all.length === 0) return invalid('INVALID_INPUT', 'There is nothing to write or delete.', ['input']);
  if (all.length > maxRelationshipsPerWrite) {
    return invalid('INVALID_INPUT', `At most ${maxRelationshipsPerWrite} relationships go into one call.`, ['input']);
  }
  const seen = new Set<string>();
  for (const relationship of all) {
    const text = formatRelationship(relationship);
    if (seen.has(text)) return invalid('DUPLICATE_RELATIONSHIP', `${quote(text)} is named twice.`, ['input']);
    seen.add(text);
  }
  return undefined;
}

/** Only what is written has to be valid: what an older model admitted must stay removable. */
function validate(model: Model, writes: readonly Relationship[]): readonly InputError[] {
  return writes.flatMap((relationship, index) => {
    const valid = validateRelationship(model, relationship);
    return valid.ok ? [] : [inputErrorOf(valid.problem, ['input', 'writes', String(index)])];
  });
}

async function apply(
  { transaction, record }: Write,
  actor: Actor,
  input: WriteRelationshipsInput,
): Promise<Result<WriteRelationshipsOutcome, Refusal>> {
  const deleted = await transaction.deleteRelationships(input.deletes);
  if (deleted.length < input.deletes.length && input.onMissing === 'ERROR') {
    const found = new Set(deleted.map(formatRelationship));
    const missing = input.deletes.map(formatRelationship).find((text) => !found.has(text)) ?? '';
    return failed(invalid('NOT_FOUND', `There is no relationship ${quote(missing)}.`, ['input', 'deletes']));
  }
  const existing = await transaction.writeRelationships(input.writes, actorSubject(actor));
  const conflict = existing.find(
    (stored) => input.onDuplicate === 'ERROR' || !input.writes.some((wanted) => isSame(wanted, stored)),
  );
  if (conflict !== undefined) {
    const code = input.onDuplicate === 'ERROR' ? 'ALREADY_EXISTS' : 'CONFLICT';
    const message = `The relationship ${quote(formatRelationship(conflict))} exists already${code === 'CONFLICT' ? ', with another condition or expiry' : ''}.`;
    return failed(invalid(code, message, ['input', 'writes']));
  }
  const unchanged = new Set(existing.map(formatRelationship));
  const written = input.writes.filter((relationship) => !unchanged.has(formatRelationship(relationship)));
  if (written.length + deleted.length > 0) {
    await record(deleted.map(recordOf), written.map(recordOf));
  }
  return ok({ written: written.length, deleted: deleted.length });
}

function isSame(wanted: Relationship, stored: Relationship): boolean {
  return canonicalJson(recordOf(wanted)) === canonicalJson(recordOf(stored));
}
