import { invariant } from '../../../base/invariant.ts';
import type { StoredRelationship } from '../../stored-relationship.ts';
import { type Fragment, rowsOf } from '../connect.ts';
import { keyOf, type RelationshipKey } from '../relationship-key.ts';
import type { RelationshipNumbers } from '../relationship-numbers.ts';
import { sentTogether } from '../sent-together.ts';
import type { TransactionSql } from '../sql.ts';
import type { Origin } from '../upsert-relationships.ts';
import { different } from './edges.ts';
import { readRowsAt } from './rows-at.ts';
import { pieces, valuesOf } from './values.ts';

const columnTypes = [
  ...['int8', 'int2', 'int8', 'int2', 'int2', 'text::jsonb', 'text::timestamptz', 'text::timestamptz'],
  ...['text::timestamptz', 'text', 'int8'],
];

/** As plain values: a list that is taken apart in the statement would have to be written down on the way. */
export async function upsertRelationships(
  sql: TransactionSql,
  rows: readonly RelationshipNumbers[],
  { at, createdBy, revision }: Origin,
  replaces: boolean,
): Promise<ReadonlySet<number>> {
  const written: RelationshipKey[] = [];
  for (const piece of pieces(rows)) {
    const { text, parameters } = valuesOf(
      columnTypes,
      piece.map((row) => [
        ...[row.object, row.relation, row.subject, row.subjectType, row.condition, row.context],
        ...[row.startsAt, row.expiresAt, at, createdBy, revision],
      ]),
    );
    const statement = `
      insert into relationship
        (object, relation, subject, subject_type, condition, context, starts_at, expires_at, created_at, created_by, revision)
      values ${text}
      on conflict (object, relation, subject) do update set
        condition = excluded.condition, context = excluded.context,
        starts_at = excluded.starts_at, expires_at = excluded.expires_at,
        created_at = excluded.created_at, created_by = excluded.created_by, revision = excluded.revision
      ${replaces ? '' : 'where relationship.expires_at <= excluded.created_at'}
      returning object, relation, subject`;
    written.push(...rowsOf(await sql.unsafe<RelationshipKey[]>(statement, parameters)));
  }
  const found = new Set(written.map(keyOf));
  return new Set(rows.flatMap((row, position) => (found.has(keyOf(row)) ? [position] : [])));
}

/** Finds them first: nobody else writes meanwhile, and what is found is deleted by its keys alone. */
export async function deleteRelationships(
  sql: TransactionSql,
  rows: readonly RelationshipNumbers[],
  which: (row: Fragment) => Fragment,
): Promise<readonly { readonly relationship: StoredRelationship; readonly position: number }[]> {
  const found = await readRowsAt(sql, rows, which);
  const counts = await sentTogether(boxesOf(found.map(({ row }) => row)).map((box) => deleteBox(sql, box)));
  const count = counts.reduce((total, one) => total + one, 0);
  invariant(count === found.length, `what was found is deleted, ${found.length} relationships and not ${count}`);
  return found;
}

/** All relationships of one relation from each of the objects to each of the subjects, one of which is alone. */
interface Box {
  readonly objects: readonly number[];
  readonly relation: number;
  readonly subjects: readonly number[];
}

/** Keys as few boxes that have no other keys: by what they have in common, subjects or objects. */
function boxesOf(keys: readonly RelationshipKey[]): readonly Box[] {
  const [bySubject, byObject] = (['subject', 'object'] as const).map((side) => {
    const groups = Map.groupBy(keys, (key) => `${key.relation} ${key[side]}`);
    return [...groups.values()].map(
      (some): Box => ({
        objects: different(some.map(({ object }) => object)),
        relation: some[0]?.relation ?? 0,
        subjects: different(some.map(({ subject }) => subject)),
      }),
    );
  });
  if (bySubject === undefined || byObject === undefined) return [];
  return bySubject.length < byObject.length ? bySubject : byObject;
}

async function deleteBox(sql: TransactionSql, { objects, relation, subjects }: Box): Promise<number> {
  const { count } = await sql`
    delete from relationship
    where object = any(${[...objects]}::int8[]) and relation = ${relation}::int2 and subject = any(${[...subjects]}::int8[])`;
  return count;
}
