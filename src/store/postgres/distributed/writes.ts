import { invariant } from '../../../base/invariant.ts';
import type { StoredRelationship } from '../../stored-relationship.ts';
import { type Fragment, rowsOf } from '../connect.ts';
import { keyOf, type RelationshipKey } from '../relationship-key.ts';
import type { RelationshipNumbers } from '../relationship-numbers.ts';
import { sentTogether } from '../sent-together.ts';
import type { TransactionSql } from '../sql.ts';
import type { Origin } from '../upsert-relationships.ts';
import { type Box, boxesOf } from './boxes.ts';
import { inBox } from './read-by-keys.ts';
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

async function deleteBox(sql: TransactionSql, box: Box): Promise<number> {
  const { count } = await sql`delete from relationship e where ${inBox(sql, box)}`;
  return count;
}
