import { rowsOf } from './connect.ts';
import { keyOf, type RelationshipKey } from './relationship-key.ts';
import { columnsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import type { TransactionSql } from './sql.ts';

/** What is written with every row of one write. */
export interface Origin {
  readonly at: string;
  readonly createdBy: string | null;
  readonly revision: number;
}

/**
 * Writes rows and returns the positions of those that were written. Where there is one with the same key already, it is
 * left alone, unless it has expired or is to be replaced.
 */
export async function upsertRelationships(
  sql: TransactionSql,
  rows: readonly RelationshipNumbers[],
  { at, createdBy, revision }: Origin,
  replaces: boolean,
): Promise<ReadonlySet<number>> {
  const columns = columnsOf(rows);
  const written = rowsOf(
    await sql<RelationshipKey[]>`
      insert into relationship
        (object, relation, subject, subject_type, condition, context, starts_at, expires_at, created_at, created_by, revision)
      select object, relation, subject, subject_type, condition, context::jsonb, starts_at::timestamptz, expires_at::timestamptz,
        ${at}::text::timestamptz, ${createdBy}, ${revision}
      from unnest(
        ${columns.object}::int8[], ${columns.relation}::int2[], ${columns.subject}::int8[],
        ${columns.subjectType}::int2[], ${columns.condition}::int2[], ${columns.context}::text[],
        ${columns.startsAt}::text[], ${columns.expiresAt}::text[]
      ) as q (object, relation, subject, subject_type, condition, context, starts_at, expires_at)
      on conflict (object, relation, subject) do update set
        condition = excluded.condition, context = excluded.context,
        starts_at = excluded.starts_at, expires_at = excluded.expires_at,
        created_at = excluded.created_at, created_by = excluded.created_by, revision = excluded.revision
      where ${replaces} or relationship.expires_at <= excluded.created_at
      returning object, relation, subject`,
  );
  // Found again here: the database would hold every row against every other, which for a thousand is a million.
  const keys = new Set(written.map(keyOf));
  return new Set(rows.flatMap((row, position) => (keys.has(keyOf(row)) ? [position] : [])));
}
