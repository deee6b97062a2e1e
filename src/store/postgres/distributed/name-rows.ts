import { firstObject, unpackSubject } from '../../packed-subject.ts';
import type { TermKind } from '../../terms.ts';
import { rowsOf } from '../connect.ts';
import type { RelationshipNames } from '../relationship-row.ts';
import type { RowOf } from '../row-of.ts';
import type { TransactionSql } from '../sql.ts';
import type { object, relationship } from '../tables.ts';

/** The names of what is stored as numbers: each kind is looked up by itself, as no statement is about tables of two kinds. */

type Stored = RowOf<typeof relationship>;
export type NumberedRow = Pick<
  Stored,
  'object' | 'relation' | 'subject' | 'subject_type' | 'condition' | 'context' | 'starts_at' | 'expires_at'
>;

/** The names of a row's numbers; null for a number that nothing has. */
export interface FoundNames {
  readonly object: { readonly type: string | null; readonly name: string } | null;
  readonly relation: string | null;
  readonly subjectType: string | null;
  /** The object that the subject is or is rooted in, with the number of its type; null for a wildcard. */
  readonly subject: { readonly type: number; readonly name: string } | null;
  readonly subjectRelation: string | null;
  readonly condition: string | null;
}

type Named = Pick<NumberedRow, 'object' | 'relation' | 'subject' | 'subject_type' | 'condition'>;

/** Names rows that may be damaged. */
export async function findNames(sql: TransactionSql, rows: readonly Named[]): Promise<(row: Named) => FoundNames> {
  const objects = await readStoredObjects(sql, rows.flatMap(objectsIn));
  const terms = await readTermNames(sql, [
    ...rows.flatMap(termsIn),
    ...[...objects.values()].map(({ type }) => ['type', type] as const),
  ]);
  return (row) => {
    const named = objects.get(row.object);
    const subject = unpackSubject(row.subject);
    return {
      object: named === undefined ? null : { type: terms('type', named.type), name: named.name },
      relation: terms('relation', row.relation),
      subjectType: terms('type', row.subject_type),
      subject: subject.kind === 'wildcard' ? null : (objects.get(subject.object) ?? null),
      subjectRelation: subject.kind === 'set' ? terms('relation', subject.relation) : null,
      condition: row.condition === null ? null : terms('condition', row.condition),
    };
  };
}

/** Names rows as `selectRelationship` does; a name that is missing is damage, and is thrown. */
export async function nameRows(
  sql: TransactionSql,
  rows: readonly NumberedRow[],
): Promise<(row: NumberedRow) => RelationshipNames> {
  const namesOf = await findNames(sql, rows);
  return (row) => {
    const { object, relation, subjectType, subject, subjectRelation, condition } = namesOf(row);
    const packed = unpackSubject(row.subject);
    const isWhole =
      object !== null &&
      (packed.kind === 'wildcard') === (subject === null) &&
      (packed.kind === 'set') === (subjectRelation !== null) &&
      (row.condition === null) === (condition === null);
    if (!isWhole || object.type === null || relation === null || subjectType === null) {
      throw new Error('A stored relationship is damaged: it has a number that nothing has.');
    }
    return {
      object_type: object.type,
      object_name: object.name,
      relation,
      subject_type: subjectType,
      subject_name: subject?.name ?? null,
      subject_relation: subjectRelation,
      condition,
      context: row.context,
      starts_at: row.starts_at,
      expires_at: row.expires_at,
    };
  };
}

/** What is stored of objects, by their numbers. */
export async function readStoredObjects(
  sql: TransactionSql,
  nodes: readonly number[],
): Promise<ReadonlyMap<number, RowOf<typeof object>>> {
  const different = [...new Set(nodes)];
  if (different.length === 0) return new Map();
  const rows = rowsOf(
    await sql<RowOf<typeof object>[]>`select id, type, name from object where id = any(${different}::int8[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

type Term = readonly [kind: TermKind, number: number];

/** The names of terms by their numbers. They are on one server, with the row of the store. */
export async function readTermNames(
  sql: TransactionSql,
  terms: readonly Term[],
): Promise<(kind: TermKind, number: number) => string | null> {
  const numbers: Readonly<Record<TermKind, Set<number>>> = {
    type: new Set(),
    relation: new Set(),
    condition: new Set(),
  };
  for (const [kind, number] of terms) numbers[kind].add(number);
  const asked = Object.entries(numbers).flatMap(([kind, some]) => Array.from(some, (number) => ({ kind, number })));
  const names: Readonly<Record<TermKind, Map<number, string>>> = {
    type: new Map(),
    relation: new Map(),
    condition: new Map(),
  };
  if (asked.length > 0) {
    const rows = rowsOf(
      await sql<{ kind: TermKind; number: number; name: string }[]>`
        select term.kind, term.number, term.name
        from unnest(${asked.map(({ kind }) => kind)}::text[], ${asked.map(({ number }) => number)}::int2[]) as q (kind, number)
        join term on term.kind = q.kind and term.number = q.number`,
    );
    for (const { kind, number, name } of rows) names[kind].set(number, name);
  }
  return (kind, number) => names[kind].get(number) ?? null;
}

function objectsIn({ object, subject }: Named): readonly number[] {
  const packed = unpackSubject(subject);
  return [object, ...(packed.kind === 'wildcard' ? [] : [packed.object])].filter((node) => node >= firstObject);
}

function termsIn({ relation, subject, subject_type, condition }: Named): readonly Term[] {
  const packed = unpackSubject(subject);
  return [
    ['relation', relation],
    ['type', subject_type],
    ...(packed.kind === 'set' ? [['relation', packed.relation] as const] : []),
    ...(condition === null ? [] : [['condition', condition] as const]),
  ];
}
