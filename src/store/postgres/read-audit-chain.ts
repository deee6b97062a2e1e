import type { AuditLink, AuditLogHead, AuditStrays } from '../audit-chain.ts';
import type { AuditMention } from '../audit-event.ts';
import { removalAction, removalOf } from '../audit-removal.ts';
import { type AuditRow, auditEventOf, selectEvent } from './audit-rows.ts';
import { rowsOf } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';

interface HeadRow {
  readonly start: number;
  readonly length: number;
  readonly hash: string;
  readonly removed_event: number;
  readonly removed_hash: string;
  readonly removal_event: number | null;
  readonly removal_record: unknown;
}

export async function readAuditHead(sql: Sql | TransactionSql): Promise<AuditLogHead> {
  const [row] = rowsOf(
    await sql<HeadRow[]>`
      select audit_start as start, audit_length as length, audit_head as hash, anchor.event as removed_event,
        anchor.hash as removed_hash, removal.id as removal_event, removal.record as removal_record
      from store
      cross join audit_anchor anchor
      left join lateral (
        select id, before -> 0 as record from audit_event
        where action = ${removalAction} and outcome = 'done' and id <= store.audit_length order by id desc limit 1
      ) removal on true`,
  );
  if (row === undefined) throw new Error('The table "store" has lost its row.');
  const { start, length, hash, removed_event, removed_hash, removal_event, removal_record } = row;
  return {
    start,
    length,
    hash,
    removed: { event: removed_event, hash: removed_hash },
    removal: removal_event === null ? undefined : removalOf(removal_event, removal_record),
  };
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

/** Events and mentions that the store does not count: before the first that is kept, and after the last; from one state. */
export async function readAuditStrays(sql: Sql | TransactionSql): Promise<AuditStrays> {
  const [row] = rowsOf(
    await sql<{ event: number | null; mention: (AuditMention & { event: number }) | null }[]>`
      select
        coalesce(
          (select id from audit_event where id <= anchor.event order by id limit 1),
          (select id from audit_event where id > store.audit_length order by id limit 1)
        ) as event,
        coalesce(
          (select to_jsonb(m) from audit_mention m where event <= anchor.event order by event limit 1),
          (select to_jsonb(m) from audit_mention m where event > store.audit_length order by event limit 1)
        ) as mention
      from store cross join audit_anchor anchor`,
  );
  return { event: row?.event ?? undefined, mention: row?.mention ?? undefined };
}
