import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { Snapshot } from '../../engine/ports.ts';
import { limits } from '../../model/limits.ts';
import type { Model } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import type { RelationshipTransaction } from '../../store/write-transaction.ts';
import { type Actor, actorSubject } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, findGrantable, objectsToAuthorize } from '../authorize.ts';
import { authorizeOnPlatform } from '../authorize-on-platform.ts';
import { noticeUnnamed, objectIn } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { type InputError, inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { grantOutcomeOf, isSameRelationship, recordOf } from '../relationship-record.ts';
import { findStoredNames } from '../stored-names.ts';
import type { FieldOf } from '../writes/field-of.ts';
import type { PreviewableOutput } from '../writes/previewable-write.ts';
import type { Idempotency, OpenDeciding, RelationshipWrite } from '../writes/run-write.ts';
import { writeOrPreview } from '../writes/write-or-preview.ts';

export interface WriteRelationshipsInput {
  readonly writes: readonly Relationship[];
  readonly deletes: readonly Relationship[];
  /** What a relationship that exists already means; ignored only if it is the same in condition, beginning and end. */
  readonly onDuplicate: 'ERROR' | 'IGNORE';
  readonly onMissing: 'ERROR' | 'IGNORE';
  /** What must be so, or the whole call is refused. */
  readonly preconditions?: readonly Precondition[];
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
  /** Tries it, says what it would mean for whom, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** That a relationship is there, whatever its condition, beginning and end, or that it is not. */
export interface Precondition {
  readonly relationship: Relationship;
  readonly exists: boolean;
}

export interface WriteRelationshipsOutcome {
  readonly written: number;
  readonly deleted: number;
}

/** Most relationships that one call writes and deletes. */
export const maxRelationshipsPerWrite = limits.relationshipsPerWrite.most;
export const maxPreconditions = limits.preconditions.most;

/** Writes and deletes relationships, all or nothing, for an actor with `can_write_relationships`. Deletes come first. */
export async function writeRelationships(
  postern: Postern,
  actor: Actor,
  input: WriteRelationshipsInput,
): Promise<Result<PreviewableOutput<WriteRelationshipsOutcome>, Refusal>> {
  const refused = checkShape(input);
  if (refused !== undefined) return failed(refused);
  const wanted = [...input.deletes, ...input.writes].map(recordOf);
  const { reason, idempotency, dryRun } = input;
  const fieldOf = fieldsOf(input);
  const conditions = (input.preconditions ?? []).map(({ relationship }) => relationship);
  const all = [...input.deletes, ...input.writes, ...conditions];
  const named = all.map(({ object }) => object);
  const byHand = all.length > mostByHand ? [] : all;
  const entitle = async (open: OpenDeciding, audited: AuditedActor): Promise<Result<DecidingSnapshot, Refusal>> => {
    const snapshot = await open([
      ...objectsToAuthorize(actor, postern.platform),
      ...named,
      ...byHand.flatMap(objectsNamed),
    ]);
    const authorized = await authorizeWrites(postern, audited, snapshot, input);
    if (!authorized.ok) return authorized;
    // What is tried, and not done, tells what is there without leaving a trace.
    const told = dryRun === true ? all : conditions;
    const readable = await authorizeConditions(postern, audited, snapshot, told);
    if (!readable.ok) return readable;
    const problem = namesProblem(postern, snapshot, input) ?? writesProblem(snapshot.prepared.model, input.writes);
    if (problem !== undefined) return failed(problem);
    await noticeUnnamed(postern, snapshot, audited, byHand.flatMap(objectsNamed));
    return ok(snapshot);
  };
  const request = {
    action: 'writeRelationships' as const,
    wanted,
    reason,
    idempotency,
    dryRun,
    fieldOf,
    entitle,
    checks: named.length,
  };
  return writeOrPreview(postern, actor, request, async (write) => {
    const unmet = await findUnmet(write.transaction, input.preconditions);
    return unmet === undefined ? apply(write, actor, input) : failed(unmet);
  });
}

/** Whoever writes more at once is a program, which means the new names that it brings. */
const mostByHand = 20;

function objectsNamed({ object, subject }: Relationship): readonly ObjectRef[] {
  return [object, objectIn(subject)].filter((one) => one !== undefined);
}

async function authorizeWrites(
  postern: Postern,
  audited: AuditedActor,
  snapshot: DecidingSnapshot,
  { writes, deletes }: WriteRelationshipsInput,
): Promise<Result<undefined, Refusal>> {
  const authorized = await authorizeRead(snapshot, audited, 'can_write_relationships', postern.platform);
  return authorized.ok ? authorizeOnPlatform(postern, audited, snapshot, [...writes, ...deletes]) : authorized;
}

/** A precondition, or a preview, tells whether a relationship is there: to whoever reads all of them, or gives and takes that very role. */
async function authorizeConditions(
  { platform }: Postern,
  audited: AuditedActor,
  snapshot: Snapshot,
  conditions: readonly Relationship[],
): Promise<Result<undefined, Refusal>> {
  if (conditions.length === 0) return ok(undefined);
  const reader = await authorizeRead(snapshot, audited, 'can_read_relationships', platform);
  if (reader.ok) return reader;
  const { grantable, undecided } = await findGrantable(snapshot, audited, conditions);
  if (grantable.length === conditions.length) return ok(undefined);
  return undecided === undefined ? reader : failed(undecided);
}

/** Finds where an object or a relationship is named; the input is gone through once, when something is first asked for. */
function fieldsOf({ writes, deletes }: WriteRelationshipsInput): FieldOf {
  const find = once(() => ({
    written: new Map(writes.map((one, index) => [one, index])),
    writtenObjects: firstPlaces(writes),
    deletedObjects: firstPlaces(deletes),
  }));
  return (object, relationship) => {
    const { written, writtenObjects, deletedObjects } = find();
    const text = formatObjectRef(object);
    const deleted = relationship === undefined ? deletedObjects.get(text) : undefined;
    if (deleted !== undefined) return ['input', 'deletes', String(deleted)];
    const index = relationship === undefined ? writtenObjects.get(text) : written.get(relationship);
    return ['input', 'writes', String(index ?? -1)];
  };
}

/** The first place of every object. */
function firstPlaces(relationships: readonly Relationship[]): ReadonlyMap<string, number> {
  return new Map(relationships.map(({ object }, index) => [formatObjectRef(object), index] as const).toReversed());
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Preconditions are judged in the writing transaction, on the state before the write. */
async function findUnmet(
  transaction: RelationshipTransaction,
  preconditions: readonly Precondition[] = [],
): Promise<Refusal | undefined> {
  const found = await transaction.relationships.find(preconditions.map(({ relationship }) => relationship));
  const stored = new Map(found.map((one) => [formatRelationship(one), one]));
  const errors = preconditions.flatMap(({ relationship, exists }, index): readonly InputError[] => {
    const current = stored.get(formatRelationship(relationship));
    if ((current !== undefined) === exists) return [];
    const message = `The relationship ${quote(formatRelationship(relationship))} ${exists ? 'does not exist' : 'exists'}.`;
    const field = ['input', 'preconditions', String(index)];
    return [{ code: 'PRECONDITION_FAILED', message, field, ...(current && { current: grantOutcomeOf(current) }) }];
  });
  return errors.length === 0 ? undefined : { kind: 'invalid', errors };
}

function checkShape({ writes, deletes, preconditions = [] }: WriteRelationshipsInput): Refusal | undefined {
  const all = [...deletes, ...writes];
  if (all.length === 0) return invalid('INVALID_INPUT', 'There is nothing to write or delete.', ['input']);
  if (all.length > maxRelationshipsPerWrite) {
    return invalid('INVALID_INPUT', `At most ${maxRelationshipsPerWrite} relationships go into one call.`, ['input']);
  }
  if (preconditions.length > maxPreconditions) {
    return invalid('INVALID_INPUT', `At most ${maxPreconditions} preconditions go into one call.`, ['input']);
  }
  const seen = new Set<string>();
  for (const relationship of all) {
    const text = formatRelationship(relationship);
    if (seen.has(text)) return invalid('DUPLICATE_RELATIONSHIP', `${quote(text)} is named twice.`, ['input']);
    seen.add(text);
  }
  return undefined;
}

/** What is looked for need not be valid; but where no model had such a name, it is misspelt. */
function namesProblem(
  postern: Postern,
  snapshot: DecidingSnapshot,
  { deletes, preconditions = [] }: WriteRelationshipsInput,
): Refusal | undefined {
  const lists = [
    ['deletes', deletes],
    ['preconditions', preconditions.map(({ relationship }) => relationship)],
  ] as const;
  const errors = lists.flatMap(([list, relationships]) =>
    relationships.flatMap((relationship, index): readonly InputError[] => {
      const known = findStoredNames(postern, snapshot, relationship);
      return known.ok ? [] : [inputErrorOf(known.problem, ['input', list, String(index)])];
    }),
  );
  return errors.length === 0 ? undefined : { kind: 'invalid', errors };
}

/** Only what is written has to be valid: what an older model admitted must stay removable. */
function writesProblem(model: Model, writes: readonly Relationship[]): Refusal | undefined {
  const errors = writes.flatMap((relationship, index) => {
    const valid = validateRelationship(model, relationship);
    return valid.ok ? [] : [inputErrorOf(valid.problem, ['input', 'writes', String(index)])];
  });
  return errors.length === 0 ? undefined : { kind: 'invalid', errors };
}

async function apply(
  { transaction, record }: RelationshipWrite,
  actor: Actor,
  input: WriteRelationshipsInput,
): Promise<Result<WriteRelationshipsOutcome, Refusal>> {
  const deleted = await transaction.relationships.delete(input.deletes);
  if (deleted.length < input.deletes.length && input.onMissing === 'ERROR') {
    const found = new Set(deleted.map(formatRelationship));
    const missing = input.deletes.map(formatRelationship).find((text) => !found.has(text)) ?? '';
    return failed(invalid('NOT_FOUND', `There is no relationship ${quote(missing)}.`, ['input', 'deletes']));
  }
  const existing = await transaction.relationships.write(input.writes, actorSubject(actor));
  const conflict = findConflict(input, existing);
  if (conflict !== undefined) return failed(conflictOf(input, conflict));
  const unchanged = new Set(existing.map(formatRelationship));
  const written = input.writes.filter((relationship) => !unchanged.has(formatRelationship(relationship)));
  if (written.length + deleted.length > 0) {
    await record(deleted.map(recordOf), written.map(recordOf));
  }
  return ok({ written: written.length, deleted: deleted.length });
}

/** The first that is there already, and is not to be ignored. */
function findConflict(
  { onDuplicate, writes }: WriteRelationshipsInput,
  existing: readonly StoredRelationship[],
): StoredRelationship | undefined {
  if (onDuplicate === 'ERROR') return existing[0];
  const wanted = new Map(writes.map((relationship) => [formatRelationship(relationship), relationship]));
  return existing.find((stored) => {
    const same = wanted.get(formatRelationship(stored));
    return same === undefined || !isSameRelationship(same, stored);
  });
}

function conflictOf({ onDuplicate, writes }: WriteRelationshipsInput, stored: StoredRelationship): Refusal {
  const text = formatRelationship(stored);
  const index = writes.findIndex((wanted) => formatRelationship(wanted) === text);
  const code = onDuplicate === 'ERROR' ? 'ALREADY_EXISTS' : 'CONFLICT';
  const message = `The relationship ${quote(text)} exists already${code === 'CONFLICT' ? ', with another condition, beginning or end' : ''}.`;
  return invalid(code, message, ['input', 'writes', String(index)], grantOutcomeOf(stored));
}
