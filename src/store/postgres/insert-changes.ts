import { columnsOf } from './relationship-numbers.ts';
import type { TransactionSql } from './sql.ts';
import type { LedgerChange } from './write-ledger.ts';

/** Writes down what writes changed. */
export async function insertChanges(sql: TransactionSql, changes: readonly LedgerChange[]): Promise<void> {
  if (changes.length === 0) return;
  const columns = columnsOf(changes.map(({ row }) => row));
  await sql`
    insert into change
      (revision, ordinal, operation, object, relation, subject, subject_type, condition, context, starts_at, expires_at)
    select revision, ordinal, operation, object, relation, subject, subject_type, condition, context::jsonb,
      starts_at::timestamptz, expires_at::timestamptz
    from unnest(
      ${changes.map(({ revision }) => revision)}::int8[], ${changes.map(({ ordinal }) => ordinal)}::int8[],
      ${changes.map(({ operation }) => operation)}::text[], ${columns.object}::int8[], ${columns.relation}::int2[],
      ${columns.subject}::int8[], ${columns.subjectType}::int2[], ${columns.condition}::int2[],
      ${columns.context}::text[], ${columns.startsAt}::text[], ${columns.expiresAt}::text[]
    ) as q (revision, ordinal, operation, object, relation, subject, subject_type, condition, context, starts_at, expires_at)`;
}
