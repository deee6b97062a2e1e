import { quote } from '../../../base/text-problem.ts';
import type { Model } from '../../../model/model.ts';
import { formatRelationship, type Relationship } from '../../../model/relationship.ts';
import type { Postern } from '../../../operations/postern.ts';
import { describeRefusal } from '../../../operations/refusal.ts';
import { isSameRelationship } from '../../../operations/relationship-record.ts';
import { writeRelationships } from '../../../operations/relationships/write-relationships.ts';
import { parseRawRelationship } from '../../store-file/raw-relationship.ts';
import { movingActor } from '../apply/apply-plan.ts';
import type { ApiChange } from '../openfga/openfga-client.ts';
import { parseTuple } from '../openfga/parse-tuple.ts';
import { tupleName } from '../openfga/tuple-name.ts';
import { relationshipOf } from '../plan/plan-openfga.ts';

export interface Followed {
  readonly postern: Postern;
  readonly model: Model;
  readonly reason: string;
  /** Kinds of refusal that the plan allows. */
  readonly allowed: readonly string[];
}

/** Makes what changes end as they ended at the source; says how many of them are relationships here. */
export async function applyChanges(followed: Followed, changes: readonly ApiChange[]) {
  const last = new Map(changes.map((change) => [tupleName(change.tuple_key), change]));
  const [wanted, unwanted]: [Relationship[], Relationship[]] = [[], []];
  let left = 0;
  for (const change of last.values()) {
    const one = change.operation === 'TUPLE_OPERATION_WRITE' ? writtenOf(followed, change) : namedBy(change);
    if (one === undefined) left += 1;
    else if (change.operation === 'TUPLE_OPERATION_WRITE') wanted.push(one);
    else unwanted.push(one);
  }
  await makeSo(followed, wanted, unwanted);
  return { applied: wanted.length + unwanted.length, left };
}

/** What is to be written; throws where that stays behind and the plan does not allow it. */
function writtenOf({ model, allowed }: Followed, { tuple_key, timestamp }: ApiChange): Relationship | undefined {
  const raw = parseTuple({ line: undefined, value: tuple_key }, 'the source');
  if (!raw.ok) throw new Error(`A change at the source cannot be read: ${raw.problem}`);
  const made = relationshipOf(model, raw.value);
  if (made.ok) return made.value;
  if (allowed.includes(made.problem.kind)) return undefined;
  const { object, relation, user } = raw.value;
  const written = quote(`${object}#${relation}@${user}`);
  throw new Error(
    `The source has ${written} since ${timestamp}, which is refused (${made.problem.kind}): ${made.problem.why} Next: remove it there, or plan again with --allow-refused ${made.problem.kind}.`,
  );
}

/** What is deleted; undefined for what can never have been here. */
function namedBy({ tuple_key: { user, relation, object } }: ApiChange): Relationship | undefined {
  const parsed = parseRawRelationship({ user, relation, object });
  return parsed.ok ? parsed.value : undefined;
}

/** A relationship with another condition is taken away first: one call does not name it twice. */
async function makeSo(
  { postern, reason }: Followed,
  wanted: readonly Relationship[],
  unwanted: readonly Relationship[],
): Promise<void> {
  const all = [...wanted, ...unwanted];
  const found = await postern.store.reader.withSnapshot([], (snapshot) => snapshot.findRelationships(all));
  const stored = new Map(found.map((one) => [formatRelationship(one), one]));
  const storedAs = (one: Relationship) => stored.get(formatRelationship(one));
  const missing = wanted.filter((one) => {
    const before = storedAs(one);
    return before === undefined || !isSameRelationship(one, before);
  });
  const deletes = [...unwanted, ...missing].filter((one) => storedAs(one) !== undefined);
  await write(postern, reason, [], deletes);
  await write(postern, reason, missing, []);
}

async function write(
  postern: Postern,
  reason: string,
  writes: readonly Relationship[],
  deletes: readonly Relationship[],
): Promise<void> {
  if (writes.length + deletes.length === 0) return;
  const options = { onDuplicate: 'IGNORE', onMissing: 'IGNORE', reason, idempotency: undefined } as const;
  const written = await writeRelationships(postern, movingActor, { writes, deletes, ...options });
  if (!written.ok) throw new Error(`A change of the source was refused: ${describeRefusal(written.problem)}`);
}
