import { mentionsOf } from '../audit-event.ts';
import { sentTogether } from './sent-together.ts';
import type { TransactionSql } from './sql.ts';
import type { LedgerEvent } from './write-ledger.ts';

/** Writes events with the names that they are found by. */
export async function insertAuditEvents(sql: TransactionSql, entries: readonly LedgerEvent[]): Promise<void> {
  if (entries.length === 0) return;
  const events = entries.map(({ event }) => event);
  const mentions = events.flatMap((event) => mentionsOf(event).map((mention) => ({ ...mention, event: event.id })));
  // Times as text: a date would lose the microseconds that the hash is over. JSON, too: nobody makes JSON of it a second time.
  await sentTogether([
    sql`
      insert into audit_event
        (id, revision, at, actor, delegate, action, outcome, model, before, after, reason, request_id, hash)
      select id, revision, at::timestamptz, actor, delegate, action, outcome, model, before::jsonb, after::jsonb,
        reason, request_id, hash
      from unnest(
        ${events.map(({ id }) => id)}::int8[], ${events.map(({ revision }) => revision)}::int8[],
        ${events.map(({ at }) => at)}::text[], ${events.map(({ actor }) => actor)}::text[],
        ${events.map(({ delegate }) => delegate ?? null)}::text[], ${events.map(({ action }) => action)}::text[],
        ${events.map(({ outcome }) => outcome)}::text[], ${events.map(({ model }) => model)}::int8[],
        ${events.map(({ before }) => JSON.stringify(before))}::text[],
        ${events.map(({ after }) => JSON.stringify(after))}::text[],
        ${events.map(({ reason }) => reason ?? null)}::text[],
        ${events.map(({ requestId }) => requestId ?? null)}::text[], ${entries.map(({ hash }) => hash)}::text[]
      ) as q (id, revision, at, actor, delegate, action, outcome, model, before, after, reason, request_id, hash)`,
    sql`
        insert into audit_mention (kind, name, event)
        select * from unnest(
          ${mentions.map(({ kind }) => kind)}::text[], ${mentions.map(({ name }) => name)}::text[],
          ${mentions.map(({ event }) => event)}::int8[]
        )`,
  ]);
}
