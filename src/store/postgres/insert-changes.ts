import { columnsOf, type RelationshipNumbers } from './relationship-numbers.ts';
import type { TransactionSql } from './sql.ts';

/** What was done to relationships of one write, and the place of the first of them among its changes. */
export interface ChangesOfWrite {
  readonly revision: number;
  readonly first: number;
  readonly operation: 'write' | 'delete';
}

/** Writes down what a write changed, in its order. */
export async function insertChanges(
  sql: TransactionSql,
  { revision, first, operation }: ChangesOfWrite,
  rows: readonly RelationshipNumbers[],
): Promise<void> {
  const columns = columnsOf(rows);
  await sql`
    insert into change
      (revision, ordinal, operation, object, relation, subject, subject_type, condition, context, expires_at)
    select ${revision}, ${first} + position - 1, ${operation}, object, relation, subject, subject_type,
      condition, context::jsonb, expires_at::timestamptz
    from unnest(
      ${columns.object}::int8[], ${columns.relation}::int2[], ${columns.subject}::int8[],
      ${columns.subjectType}::int2[], ${columns.condition}::int2[], ${columns.context}::text[],
      ${columns.expiresAt}::text[]
    ) with ordinality as q (object, relation, subject, subject_type, condition, context, expires_at, position)`;
}
