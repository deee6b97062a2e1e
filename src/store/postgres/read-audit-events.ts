import type { AuditFilter, AuditPage, InvolvedSubject } from '../audit-page.ts';
import { type AuditRow, auditEventOf, selectEvent } from './audit-rows.ts';
import { type Fragment, rowsOf } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';

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
  const { candidates, newestFirst } = candidatesOf(sql, filter, before);
  const rows = rowsOf(
    await sql<AuditRow[]>`
      ${selectEvent(sql)}
      from (${candidates}) candidate
      cross join lateral (select * from audit_event where audit_event.id = candidate.id offset 0) e
      where true ${whereFilter(sql, filter)}
      order by ${newestFirst}
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
  const { candidates, newestFirst } = candidatesOf(sql, filter, before);
  const [row] = rowsOf(
    await sql<{ id: number }[]>`
      select id from (${candidates}) candidate order by ${newestFirst} offset ${maxExaminedEvents - 1} limit 1`,
  );
  return row?.id;
}

interface Candidates {
  /** Rows of an id, and of the name that they were found by. */
  readonly candidates: Fragment;
  /** The order that they come in, so that nothing sorts them again. */
  readonly newestFirst: Fragment;
}

/** Where the entries of an index stand that are before, at or after an event. */
type IsAt = (operator: Fragment, id: Fragment) => Fragment;

/** The ids to look at, by the first index that the filter has a name for. */
function candidatesOf(sql: Sql | TransactionSql, filter: AuditFilter, before: number | undefined): Candidates {
  const { object, subject, actor, action, actions, involving } = filter;
  const range = (isAt: IsAt) => whereRange(sql, isAt, filter, before);
  if (object !== undefined) return mentions(sql, 'object', object, range);
  if (subject !== undefined) return mentions(sql, 'subject', subject, range);
  if (actor !== undefined) return eventsWith(sql, 'actor', actor, range);
  if (involving !== undefined) return eventsInvolving(sql, involving, range);
  if (action !== undefined) return eventsWith(sql, 'action', action, range);
  if (actions !== undefined)
    return anyOf(
      sql,
      actions.map((one) => eventsWith(sql, 'action', one, range)),
    );
  const isAt: IsAt = (operator, id) => sql`id ${operator} ${id}`;
  return {
    candidates: sql`select id from audit_event where true ${range(isAt)} order by id desc limit ${maxExaminedEvents}`,
    newestFirst: sql`candidate.id desc`,
  };
}

type Range = (isAt: IsAt) => Fragment;

function mentions(sql: Sql | TransactionSql, kind: 'object' | 'subject', name: string, range: Range): Candidates {
  const isAt: IsAt = (operator, id) => sql`(name, event) ${operator} (${name}, ${id})`;
  return {
    candidates: sql`
      select name, event as id from audit_mention where kind = ${kind} ${whereNamed(sql, isAt)} ${range(isAt)}
      order by name desc, event desc limit ${maxExaminedEvents}`,
    newestFirst: sql`candidate.name desc, candidate.id desc`,
  };
}

function eventsWith(sql: Sql | TransactionSql, column: EventColumn, value: string, range: Range): Candidates {
  const isAt: IsAt = (operator, id) => sql`(${sql(column)}, id) ${operator} (${value}, ${id})`;
  return {
    candidates: sql`
      select ${sql(column)} as name, id from audit_event where true ${whereNamed(sql, isAt)} ${range(isAt)}
      order by ${sql(column)} desc, id desc limit ${maxExaminedEvents}`,
    newestFirst: sql`candidate.name desc, candidate.id desc`,
  };
}

type EventColumn = 'actor' | 'action' | 'delegate';

/** The events of each index, in one order: of each no more than are looked at. */
function anyOf(sql: Sql | TransactionSql, all: readonly Candidates[]): Candidates {
  const ids = all.map(({ candidates }) => sql`(select id from (${candidates}) one)`);
  const together = ids.reduce((left, right) => sql`${left} union ${right}`);
  return {
    candidates: sql`select id from (${together}) either order by id desc limit ${maxExaminedEvents}`,
    newestFirst: sql`candidate.id desc`,
  };
}

function eventsInvolving(sql: Sql | TransactionSql, { subject, delegates }: InvolvedSubject, range: Range): Candidates {
  const named = (['subject', 'object'] as const).map((kind) => mentions(sql, kind, subject, range));
  const acting = delegates.map((name) => eventsWith(sql, 'delegate', name, range));
  return anyOf(sql, [...named, eventsWith(sql, 'actor', subject, range), ...acting]);
}

/**
 * All entries of one name, as a range of pairs of names and ids, of which the first is 1.
 *
 * An equality would let the planner drop the name from the order, which the index of all ids then has as well: where its
 * statistics call a name common, it would read the whole log backwards for one that is not.
 */
function whereNamed(sql: Sql | TransactionSql, isAt: IsAt): Fragment {
  return sql`and ${isAt(sql`>=`, sql`0`)} and ${isAt(sql`<=`, sql`${Number.MAX_SAFE_INTEGER}::int8`)}`;
}

/** Times as a range of ids: no event is dated before the one before it. */
function whereRange(
  sql: Sql | TransactionSql,
  isAt: IsAt,
  { from, to, after }: AuditFilter,
  before: number | undefined,
) {
  const instant = (at: Date) => sql`${at.toISOString()}::text::timestamptz`;
  const since = (at: Date) =>
    sql`(select min(id) from (select id from audit_event where at >= ${instant(at)} order by at, id limit 1) q)`;
  const until = (at: Date) =>
    sql`(select max(id) from (select id from audit_event where at < ${instant(at)} order by at desc, id desc limit 1) q)`;
  return sql`
    ${before === undefined ? sql`` : sql`and ${isAt(sql`<`, sql`${before}::int8`)}`}
    ${after === undefined ? sql`` : sql`and ${isAt(sql`>`, sql`${after}::int8`)}`}
    ${from === undefined ? sql`` : sql`and ${isAt(sql`>=`, since(from))}`}
    ${to === undefined ? sql`` : sql`and ${isAt(sql`<=`, until(to))}`}`;
}

/** What the candidates were not chosen by. */
function whereFilter(sql: Sql | TransactionSql, filter: AuditFilter) {
  const { object, subject, actor, action, actions, outcome, without } = filter;
  const together = object !== undefined && subject !== undefined ? JSON.stringify([{ object, subject }]) : undefined;
  const has =
    together === undefined
      ? sql``
      : sql`and (e.before @> ${together}::text::jsonb or e.after @> ${together}::text::jsonb)`;
  return sql`
    ${has}
    ${actor === undefined ? sql`` : sql`and e.actor = ${actor}`}
    ${action === undefined ? sql`` : sql`and e.action = ${action}`}
    ${actions === undefined ? sql`` : sql`and e.action = any(${[...actions]}::text[])`}
    ${whereInvolved(sql, filter)}
    ${outcome === undefined ? sql`` : sql`and e.outcome = ${outcome}`}
    ${without === undefined ? sql`` : sql`and e.actor <> all (${[...without]}::text[]) and (e.delegate is null or e.delegate <> all (${[...without]}::text[]))`}`;
}

/** With an object, a relationship of it must name them: who else an event names is not for everybody who reads about that object. */
function whereInvolved(sql: Sql | TransactionSql, { object, subject, actor, involving }: AuditFilter): Fragment {
  const isChosenBy = object === undefined && subject === undefined && actor === undefined;
  if (involving === undefined || isChosenBy || object === involving.subject) return sql``;
  const both = JSON.stringify([{ object, subject: involving.subject }]);
  // "offset 0" keeps the planner from reading all that names them to hold each event against it.
  const isNamed =
    object === undefined
      ? sql`exists (
          select from audit_mention m
          where m.kind = any('{object,subject}') and m.name = ${involving.subject} and m.event = e.id
          offset 0
        )`
      : sql`e.before @> ${both}::text::jsonb or e.after @> ${both}::text::jsonb`;
  return sql`
    and (e.actor = ${involving.subject} or e.delegate = any(${[...involving.delegates]}::text[]) or ${isNamed})`;
}
