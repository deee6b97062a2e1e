import type { AuditEvent, AuditOutcome } from './audit-event.ts';
import { type AuditRow, auditEventOf, selectEvent } from './audit-rows.ts';
import { rowsOf, type Sql, type TransactionSql } from './connect.ts';

/** Which audit events to read; every field that is given must match. */
export interface AuditFilter {
  /** Events that name this object; together with a subject, in one relationship with it. */
  readonly object?: string | undefined;
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: AuditOutcome | undefined;
  /** From this instant on, and before that one. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Nothing that one of these did, as the actor or for another. */
  readonly without?: readonly string[] | undefined;
}

export interface AuditPage {
  /** Newest first. */
  readonly events: readonly AuditEvent[];
  readonly hasMore: boolean;
  /** The last event that was looked at, which need not be one of the page: the place to go on after. */
  readonly last: number | undefined;
  /** Whether the page ends before it is full, because nothing was found for too long. */
  readonly isCutShort: boolean;
}

/** Events that are looked at for one page before it is cut short. */
export const maxExaminedEvents = 10_000;

/**
 * One page of events, newest first.
 *
 * The index that narrows most gives the candidates in their order, at most `maxExaminedEvents` of them; what is left of the
 * filter is asked of each, fetched by its id (`offset 0` keeps the planner to that). So no filter reads more than that for a
 * page, however long the log is.
 */
export async function readAuditEvents(
  sql: Sql | TransactionSql,
  filter: AuditFilter,
  first: number,
  before: number | undefined,
): Promise<AuditPage> {
  const rows = rowsOf(
    await sql<AuditRow[]>`
      ${selectEvent(sql)}
      from (${candidates(sql, filter, before)}) candidate
      cross join lateral (select * from audit_event where audit_event.id = candidate.id offset 0) e
      where true ${whereFilter(sql, filter)}
      order by candidate.id desc
      limit ${first + 1}`,
  );
  const events = rows.slice(0, first).map(auditEventOf);
  const last = events.at(-1)?.id;
  if (rows.length > first) return { events, hasMore: true, last, isCutShort: false };
  const end = await findEnd(sql, filter, before);
  if (end === undefined) return { events, hasMore: false, last, isCutShort: false };
  return { events, hasMore: true, last: end, isCutShort: true };
}

/** The last candidate, if there were too many of them to look at all. */
async function findEnd(sql: Sql | TransactionSql, filter: AuditFilter, before: number | undefined) {
  const [row] = rowsOf(
    await sql<{ id: number }[]>`
      select id from (${candidates(sql, filter, before)}) candidate
      order by id desc offset ${maxExaminedEvents - 1} limit 1`,
  );
  return row?.id;
}

function candidates(sql: Sql | TransactionSql, filter: AuditFilter, before: number | undefined) {
  const { object, subject, actor, action } = filter;
  if (object !== undefined) return mentions(sql, 'object', object, filter, before);
  if (subject !== undefined) return mentions(sql, 'subject', subject, filter, before);
  const by =
    actor !== undefined ? sql`and actor = ${actor}` : action !== undefined ? sql`and action = ${action}` : sql``;
  // The order begins with the column that is fixed, so that the index of that column serves it.
  const order =
    actor !== undefined ? sql`actor desc, id desc` : action !== undefined ? sql`action desc, id desc` : sql`id desc`;
  return sql`
    select id from audit_event
    where true ${by} ${whereRange(sql, sql`id`, filter, before)}
    order by ${order} limit ${maxExaminedEvents}`;
}

function mentions(
  sql: Sql | TransactionSql,
  kind: 'object' | 'subject',
  name: string,
  filter: AuditFilter,
  before: number | undefined,
) {
  return sql`
    select event as id from audit_mention
    where kind = ${kind} and name = ${name} ${whereRange(sql, sql`event`, filter, before)}
    order by event desc limit ${maxExaminedEvents}`;
}

/** Times as a range of ids: no event is dated before the one before it. */
function whereRange(
  sql: Sql | TransactionSql,
  id: ReturnType<Sql>,
  { from, to }: AuditFilter,
  before: number | undefined,
) {
  const instant = (at: Date) => sql`${at.toISOString()}::text::timestamptz`;
  return sql`
    ${before === undefined ? sql`` : sql`and ${id} < ${before}`}
    ${from === undefined ? sql`` : sql`and ${id} >= (select min(id) from (select id from audit_event where at >= ${instant(from)} order by at, id limit 1) q)`}
    ${to === undefined ? sql`` : sql`and ${id} <= (select max(id) from (select id from audit_event where at < ${instant(to)} order by at desc, id desc limit 1) q)`}`;
}

/** What the candidates were not chosen by. */
function whereFilter(sql: Sql | TransactionSql, filter: AuditFilter) {
  const { object, subject, actor, action, outcome, without } = filter;
  const together = object !== undefined && subject !== undefined ? JSON.stringify([{ object, subject }]) : undefined;
  const has =
    together === undefined
      ? sql``
      : sql`and (e.before @> ${together}::text::jsonb or e.after @> ${together}::text::jsonb)`;
  return sql`
    ${has}
    ${actor === undefined ? sql`` : sql`and e.actor = ${actor}`}
    ${action === undefined ? sql`` : sql`and e.action = ${action}`}
    ${outcome === undefined ? sql`` : sql`and e.outcome = ${outcome}`}
    ${without === undefined ? sql`` : sql`and e.actor <> all (${[...without]}::text[]) and (e.delegate is null or e.delegate <> all (${[...without]}::text[]))`}`;
}
