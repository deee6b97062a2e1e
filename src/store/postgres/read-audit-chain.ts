import type { AuditLink, AuditLogHead, AuditStrays } from '../audit-chain.ts';
import type { AuditMention } from '../audit-event.ts';
import { type AuditRow, auditEventOf, selectEvent } from './audit-rows.ts';
import { rowsOf } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';

export async function readAuditHead(sql: Sql | TransactionSql): Promise<AuditLogHead> {
  const [row] = rowsOf(
    await sql<{ start: number; length: number; hash: string }[]>`
      select audit_start as start, audit_length as length, audit_head as hash from store`,
  );
  if (row === undefined) throw new Error('The table "store" has lost its row.');
  return row;
}

/** The next events after one, in the order of their ids, up to `last`. */
export async function readAuditLinks(
  sql: Sql | TransactionSql,
  after: number,
  last: number,
  limit: number,
): Promise<readonly AuditLink[]> {
  const rows = rowsOf(
    await sql<(AuditRow & { mentions: readonly (readonly [AuditMention['kind'], string])[] })[]>`
      ${selectEvent(sql)}, coalesce(
        (select jsonb_agg(jsonb_build_array(kind, name)) from audit_mention where event = e.id), '[]'::jsonb
      ) as mentions
      from audit_event e
      where e.id > ${after} and e.id <= ${last}
      order by e.id
      limit ${limit}`,
  );
  return rows.map((row) => ({
    event: auditEventOf(row),
    hash: row.hash,
    mentions: row.mentions.map(([kind, name]) => ({ kind, name })),
  }));
}

/** Events and mentions before the first and after the last event that the store knows; from one state. */
export async function readAuditStrays(sql: Sql | TransactionSql): Promise<AuditStrays> {
  const [row] = rowsOf(
    await sql<{ event: number | null; mention: (AuditMention & { event: number }) | null }[]>`
      select
        coalesce(
          (select id from audit_event where id < 1 order by id limit 1),
          (select id from audit_event where id > store.audit_length order by id limit 1)
        ) as event,
        coalesce(
          (select to_jsonb(m) from audit_mention m where event < 1 order by event limit 1),
          (select to_jsonb(m) from audit_mention m where event > store.audit_length order by event limit 1)
        ) as mention
      from store`,
  );
  return { event: row?.event ?? undefined, mention: row?.mention ?? undefined };
}
