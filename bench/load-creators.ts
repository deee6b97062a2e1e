import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatObjectRef, type ObjectRef } from '../src/model/object-ref.ts';
import { formatRelationship, type Relationship } from '../src/model/relationship.ts';
import { firstObject, packSubject } from '../src/store/packed-subject.ts';
import { openConnection } from '../src/store/postgres/connect.ts';
import type { TransactionSql } from '../src/store/postgres/sql.ts';
import { readTerms } from '../src/store/postgres/terms.ts';
import type { Terms } from '../src/store/terms.ts';

/**
 * Fills the tables of a database whose model is active and which holds no relationship yet, past the operation and
 * its change log, with the numbers that the operation would give. `verifyLoad` holds the two against each other.
 */
export async function loadCreators(
  url: string,
  relationships: readonly Relationship[],
  onProgress: (sentence: string) => void,
): Promise<void> {
  const connection = await openConnection(url, { statementTimeoutMs: 30 * 60_000 });
  const { sql } = connection;
  try {
    // Tables are filled as their owner: the application may neither set the counter of objects nor vacuum.
    await sql`set role none`;
    const terms = await readTerms(sql);
    const numbers = numberObjects(relationships);
    onProgress(`Copying ${numbers.size} objects and ${relationships.length} relationships …`);
    await copy(sql, objectLines(numbers, terms), 'object (id, type, name)');
    await sql`select setval(pg_get_serial_sequence('object', 'id'), ${firstObject + numbers.size}, false)`;
    await copy(sql, relationshipLines(relationships, numbers, terms), relationshipColumns);
    await sql`update store set revision = revision + 1`;
    onProgress('Vacuuming and analyzing …');
    await sql`vacuum (analyze) object, relationship, term, store`;
  } finally {
    await connection.close();
  }
}

const relationshipColumns =
  'relationship (object, relation, subject, subject_type, condition, context, starts_at, expires_at, revision)';

/** In the order in which relationships name them first, the object before the subject. */
function numberObjects(relationships: readonly Relationship[]): ReadonlyMap<string, NumberedObject> {
  const numbers = new Map<string, NumberedObject>();
  const add = (object: ObjectRef) => {
    const text = formatObjectRef(object);
    if (!numbers.has(text)) numbers.set(text, { object, number: firstObject + numbers.size });
  };
  for (const { object, subject } of relationships) {
    add(object);
    if (subject.kind !== 'wildcard') add(subject.object);
  }
  return numbers;
}

interface NumberedObject {
  readonly object: ObjectRef;
  readonly number: number;
}

async function copy(sql: TransactionSql, lines: Iterable<string>, target: string): Promise<void> {
  await pipeline(Readable.from(inPieces(lines)), await sql.unsafe(`copy ${target} from stdin`).writable());
}

/** One write for each line would cost more than the line. */
function* inPieces(lines: Iterable<string>): Iterable<string> {
  let piece: string[] = [];
  for (const line of lines) {
    piece.push(line);
    if (piece.length < 2000) continue;
    yield piece.join('');
    piece = [];
  }
  yield piece.join('');
}

function* objectLines(numbers: ReadonlyMap<string, NumberedObject>, { type }: Terms): Iterable<string> {
  for (const { object, number } of numbers.values()) {
    yield copyLine([number, known(type.numberOf(object.type), object.type), object.id]);
  }
}

function* relationshipLines(
  relationships: readonly Relationship[],
  numbers: ReadonlyMap<string, NumberedObject>,
  terms: Terms,
): Iterable<string> {
  const nodeOf = (object: ObjectRef) => known(numbers.get(formatObjectRef(object))?.number, object.id);
  for (const relationship of relationships) {
    const { object, relation, condition, startsAt, expiresAt } = relationship;
    yield copyLine([
      nodeOf(object),
      known(terms.relation.numberOf(relation), relation),
      ...subjectColumns(relationship, nodeOf, terms),
      condition === undefined ? null : known(terms.condition.numberOf(condition.name), condition.name),
      condition === undefined ? null : JSON.stringify(Object.fromEntries(condition.context)),
      startsAt?.toISOString() ?? null,
      expiresAt?.toISOString() ?? null,
      2,
    ]);
  }
}

function subjectColumns(
  { subject }: Relationship,
  nodeOf: (object: ObjectRef) => number,
  { type, relation }: Terms,
): readonly [packed: number, type: number] {
  const name = subject.kind === 'wildcard' ? subject.type : subject.object.type;
  const number = known(type.numberOf(name), name);
  if (subject.kind === 'wildcard') return [packSubject({ kind: 'wildcard', type: number }), number];
  const object = nodeOf(subject.object);
  if (subject.kind === 'object') return [packSubject({ kind: 'object', object }), number];
  const members = known(relation.numberOf(subject.relation), subject.relation);
  return [packSubject({ kind: 'set', object, relation: members }), number];
}

function known(number: number | undefined, name: string): number {
  if (number === undefined) throw new Error(`"${name}" has no number: the model of the examples does not know it.`);
  return number;
}

/** A line of COPY's text format. */
function copyLine(values: readonly (number | string | null)[]): string {
  return `${values.map((value) => (value === null ? '\\N' : String(value).replaceAll('\\', '\\\\'))).join('\t')}\n`;
}

/** Fails where a relationship is there twice, which COPY would only say of numbers. */
export function assertDistinct(relationships: readonly Relationship[]): void {
  const seen = new Set<string>();
  for (const relationship of relationships) {
    const text = formatRelationship(relationship);
    if (seen.has(text)) throw new Error(`The generated data has "${text}" twice.`);
    seen.add(text);
  }
}
