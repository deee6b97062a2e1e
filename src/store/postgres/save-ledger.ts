import { insertAuditEvents } from './insert-audit-events.ts';
import { insertChanges } from './insert-changes.ts';
import { insertOutcomes } from './insert-outcomes.ts';
import { sentTogether } from './sent-together.ts';
import type { TransactionSql } from './sql.ts';
import { type StoreHead, saveStore } from './write-head.ts';
import type { WriteLedger } from './write-ledger.ts';

/** Writes what the writes of a transaction leave, and the row of the store behind it: all at once, as none needs an answer. */
export async function saveLedger(
  sql: TransactionSql,
  { changes, events, outcomes }: WriteLedger,
  before: StoreHead,
  after: StoreHead,
): Promise<void> {
  await sentTogether([
    insertChanges(sql, changes),
    insertAuditEvents(sql, events),
    insertOutcomes(sql, outcomes),
    saveStore(sql, before, after),
  ]);
}
