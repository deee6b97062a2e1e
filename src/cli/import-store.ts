import type { Model } from '../model/model.ts';
import { formatModelProblem } from '../model/model-source.ts';
import { type ParsedModel, parseModel } from '../model/parse-model.ts';
import { formatRelationship, type Relationship } from '../model/relationship.ts';
import { withRuntimeParameters } from '../model/runtime-parameters.ts';
import { validateRelationship } from '../model/validate-relationship.ts';
import type { Actor } from '../operations/actor.ts';
import { publishModel } from '../operations/models/publish-model.ts';
import type { Postern } from '../operations/postern.ts';
import { describeRefusal } from '../operations/refusal.ts';
import { isSameRelationship } from '../operations/relationship-record.ts';
import { maxRelationshipsPerWrite, writeRelationships } from '../operations/relationships/write-relationships.ts';
import { NoModel } from '../store/no-model.ts';
import type { StoredRelationship } from '../store/stored-relationship.ts';
import { parseRawRelationship, type RawRelationship } from './store-file/raw-relationship.ts';
import { readStoreData } from './store-file/read-store-file.ts';

/** What importing a store file means for a database, found out before anything is changed. */
export interface ImportPlan {
  readonly path: string;
  readonly source: Awaited<ReturnType<typeof readStoreData>>['model'];
  /** Whether the active model says the same to the letter: then none is published. */
  readonly isModelActive: boolean;
  /** What is to be written, and is not there. */
  readonly missing: readonly Relationship[];
  /** How many of the file's relationships are there already, as they stand in it. */
  readonly present: number;
}

/** Reads and checks everything that the file says; throws sentences for all that is wrong, and has changed nothing. */
export async function planImport(postern: Postern, path: string): Promise<ImportPlan> {
  const data = await readStoreData(path);
  const parsed = parseModel(data.model);
  if (!parsed.ok) throw refused(`The model of "${path}" is not valid.`, parsed.problem.map(formatModelProblem));
  const relationships = checkRelationships(postern, path, parsed.value, data.relationships);
  const active = await postern.store.readModel(undefined);
  const stored = await findStored(postern, relationships);
  checkConflicts(path, relationships, stored);
  return {
    path,
    source: data.model,
    isModelActive: active?.dsl === parsed.value.dsl,
    missing: relationships.filter((one) => !stored.has(formatRelationship(one))),
    present: stored.size,
  };
}

/** Publishes and activates the model, unless it is active, and writes what is missing; tells now and then how far it is. */
export async function runImport(
  postern: Postern,
  actor: Actor,
  { path, source, isModelActive, missing }: ImportPlan,
  onProgress: (written: number, of: number) => void = () => {},
): Promise<void> {
  if (!isModelActive) {
    const published = await publishModel(postern, actor, { source, activate: true, dryRun: false, reason: undefined });
    if (!published.ok) throw refused(`The model of "${path}" was refused.`, [describeRefusal(published.problem)]);
  }
  const options = { deletes: [], onDuplicate: 'IGNORE', onMissing: 'ERROR', reason: undefined } as const;
  for (let start = 0; start < missing.length; start += maxRelationshipsPerWrite) {
    const writes = missing.slice(start, start + maxRelationshipsPerWrite);
    const written = await writeRelationships(postern, actor, { writes, ...options, idempotency: undefined });
    if (!written.ok) {
      const done = `The first ${start} of the ${missing.length} relationships to write were written; run it again for the rest.`;
      throw refused(`A relationship of "${path}" was refused.`, [describeRefusal(written.problem), done]);
    }
    onProgress(start + writes.length, missing.length);
  }
}

/** Checks a store file and imports it. */
export async function importStore(postern: Postern, actor: Actor, path: string): Promise<ImportPlan> {
  const plan = await planImport(postern, path);
  await runImport(postern, actor, plan);
  return plan;
}

/** By the model of the file: the active one may be another. */
function checkRelationships(
  { store }: Postern,
  path: string,
  parsed: ParsedModel,
  all: readonly RawRelationship[],
): readonly Relationship[] {
  const model = withRuntimeParameters(parsed.model, store.runtimeParameters);
  const problems: string[] = [];
  const valid = all.flatMap((raw): readonly Relationship[] => {
    const relationship = parseRawRelationship(raw);
    const problem = relationship.ok ? problemOf(model, relationship.value) : relationship.problem;
    if (relationship.ok && problem === undefined) return [relationship.value];
    problems.push(`"${raw.object}#${raw.relation}@${raw.user}": ${problem}`);
    return [];
  });
  if (problems.length > 0) throw refused(`Relationships of "${path}" are not valid; nothing was changed.`, problems);
  const unique = new Map(valid.map((one) => [formatRelationship(one), one]));
  const twice = valid.find((one) => unique.get(formatRelationship(one)) !== one);
  if (twice === undefined) return valid;
  throw refused(`"${path}" says one relationship in two ways; nothing was changed.`, [formatRelationship(twice)]);
}

function problemOf(model: Model, relationship: Relationship): string | undefined {
  const valid = validateRelationship(model, relationship);
  return valid.ok ? undefined : valid.problem.message;
}

async function findStored(
  { store }: Postern,
  relationships: readonly Relationship[],
): Promise<ReadonlyMap<string, StoredRelationship>> {
  const found = new Map<string, StoredRelationship>();
  try {
    for (let start = 0; start < relationships.length; start += maxRelationshipsPerWrite) {
      const some = relationships.slice(start, start + maxRelationshipsPerWrite);
      const stored = await store.reader.withSnapshot([], (snapshot) => snapshot.findRelationships(some));
      for (const one of stored) found.set(formatRelationship(one), one);
    }
  } catch (error) {
    // Before there is a model there is nothing.
    if (!(error instanceof NoModel)) throw error;
  }
  return found;
}

function checkConflicts(
  path: string,
  relationships: readonly Relationship[],
  stored: ReadonlyMap<string, StoredRelationship>,
): void {
  const others = relationships.filter((one) => {
    const there = stored.get(formatRelationship(one));
    return there !== undefined && !isSameRelationship(one, there);
  });
  if (others.length === 0) return;
  const what = `Relationships of "${path}" are stored with another condition, beginning or end; nothing was changed.`;
  const next = 'Revoke them first, or make the file say the same.';
  throw refused(`${what} ${next}`, others.map(formatRelationship));
}

const maxShown = 10;

function refused(what: string, problems: readonly string[]): Error {
  const more = problems.length > maxShown ? [`… and ${problems.length - maxShown} more.`] : [];
  return new Error([what, ...problems.slice(0, maxShown), ...more].join('\n'));
}
