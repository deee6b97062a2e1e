import { type AuditEvent, mentionsOf } from '../audit-event.ts';
import type { TransactionSql } from './connect.ts';

/** Writes an event with the names that it is found by. */
export async function insertAuditEvent(sql: TransactionSql, event: AuditEvent, hash: string): Promise<void> {
  const { id, revision, at, actor, action, outcome, model, before, after } = event;
  const { delegate = null, reason = null, requestId = null } = event;
  await sql`
    insert into audit_event
      (id, revision, at, actor, delegate, action, outcome, model, before, after, reason, request_id, hash)
    values (${id}, ${revision}, ${at}::text::timestamptz, ${actor}, ${delegate}, ${action}, ${outcome}, ${model},
      ${JSON.stringify(before)}::text::jsonb, ${JSON.stringify(after)}::text::jsonb, ${reason}, ${requestId}, ${hash})`;
  const mentions = mentionsOf(event);
  if (mentions.length === 0) return;
  await sql`
    insert into audit_mention (kind, name, event)
    select kind, name, ${id}
    from unnest(${mentions.map(({ kind }) => kind)}::text[], ${mentions.map(({ name }) => name)}::text[]) as q (kind, name)`;
}
