import type { TransactionSql } from './sql.ts';
import type { LedgerOutcome } from './write-ledger.ts';

/** Keeps outcomes under the keys that callers chose. */
export async function insertOutcomes(sql: TransactionSql, outcomes: readonly LedgerOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await sql`
    insert into idempotency (actor, key, request_hash, revision, event, hash, outcome)
    select actor, key, request_hash, revision, event, hash, outcome::jsonb
    from unnest(
      ${outcomes.map(({ actor }) => actor)}::text[], ${outcomes.map(({ key }) => key)}::text[],
      ${outcomes.map(({ requestHash }) => requestHash)}::text[], ${outcomes.map(({ revision }) => revision)}::int8[],
      ${outcomes.map(({ audit }) => audit.length)}::int8[], ${outcomes.map(({ audit }) => audit.hash)}::text[],
      ${outcomes.map(({ outcome }) => JSON.stringify(outcome))}::text[]
    ) as q (actor, key, request_hash, revision, event, hash, outcome)`;
}
