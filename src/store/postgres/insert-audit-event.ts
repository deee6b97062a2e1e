import { sql as part } from 'drizzle-orm';
import { type AuditEvent, mentionsOf } from '../audit-event.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { auditEvent } from './tables.ts';

/** Writes an event with the names that it is found by. */
export async function insertAuditEvent(sql: TransactionSql, event: AuditEvent, hash: string): Promise<void> {
  // As text: a date would lose the microseconds that the hash is over.
  const at = part`${event.at}::text::timestamptz`;
  const { delegate = null, reason = null, requestId = null } = event;
  await runQuery(sql, (queries) =>
    queries.insert(auditEvent).values({ ...event, at, delegate, reason, requestId, hash }),
  );
  const mentions = mentionsOf(event);
  if (mentions.length === 0) return;
  await sql`
    insert into audit_mention (kind, name, event)
    select kind, name, ${event.id}
    from unnest(${mentions.map(({ kind }) => kind)}::text[], ${mentions.map(({ name }) => name)}::text[]) as q (kind, name)`;
}
