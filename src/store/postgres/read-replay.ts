import { invariant } from '../../base/invariant.ts';
import type { LooseEnds, RelationshipTexts, ReplayStep, ReplaySteps } from '../audit-scan.ts';
import { firstObject } from '../packed-subject.ts';
import { rowsOf } from './connect.ts';
import { fromRelationship } from './read-relationships.ts';
import type { TransactionSql } from './sql.ts';
import { utcText } from './utc-text.ts';

/** The order of stored relationships. */
export interface RelationshipPlace {
  readonly object: number;
  readonly relation: number;
  readonly subject: number;
}

/**
 * What the next events after `after` did to relationships, in order; undefined behind the last event. An event has taken
 * before it has put, and whatever it put has its time and its actor.
 */
export async function readReplaySteps(
  sql: TransactionSql,
  after: number,
  limit: number,
): Promise<ReplaySteps | undefined> {
  const rows = rowsOf(
    await sql<(Omit<ReplayStep, 'object'> & { object: string | null })[]>`
      select e.id as event, step.kind, step.record ->> 'object' as object, step.record ->> 'relation' as relation,
        step.record ->> 'subject' as subject, step.record -> 'condition' ->> 'name' as condition,
        (step.record -> 'condition' -> 'context')::text as context, step.record ->> 'startsAt' as "startsAt",
        step.record ->> 'expiresAt' as "expiresAt", ${utcText(sql, sql`e.at`)} as "createdAt", case when e.actor like 'console %' then null else e.actor end as "createdBy"
      from (select * from audit_event where id > ${after} order by id limit ${limit}) e
      left join lateral (
        select 'taken' as kind, 0 as side, position, record from jsonb_array_elements(e.before) with ordinality as q (record, position)
        union all
        select 'put', 1, position, record from jsonb_array_elements(e.after) with ordinality as q (record, position)
      ) step on e.outcome = 'done' and step.record ? 'object' and step.record ? 'relation' and step.record ? 'subject'
      order by e.id, step.side, step.position`,
  );
  const last = rows.at(-1)?.event;
  if (last === undefined) return undefined;
  const steps = rows.flatMap((row): readonly ReplayStep[] => {
    if (row.object === null) return [];
    const [startsAt, expiresAt] = [row.startsAt, row.expiresAt].map((one) => one && withMicroseconds(one));
    return [{ ...row, object: row.object, startsAt: startsAt ?? null, expiresAt: expiresAt ?? null }];
  });
  return { steps, last };
}

/** Records say instants in milliseconds. */
function withMicroseconds(instant: string): string {
  return instant.replace(/(\.\d{3})Z$/, '$1000Z');
}

/**
 * Stored relationships in the order of their keys, those that have expired included.
 *
 * The page is read before anything is named: in one join, a planner that knows little may begin with all objects, and name
 * the whole store for each page.
 */
export async function readRelationshipTexts(sql: TransactionSql, after: RelationshipPlace, limit: number) {
  const page = sql`
    select * from relationship
    where (object, relation, subject) > (${after.object}::int8, ${after.relation}::int2, ${after.subject}::int8)
    order by object, relation, subject
    limit ${limit}`;
  const rows = rowsOf(
    await sql<(RelationshipTexts & { place: RelationshipPlace })[]>`
      select object_term.name || ':' || object.name as object, relation_term.name as relation,
        subject_term.name || ':' || coalesce(subject_object.name, '*') || coalesce('#' || subject_relation.name, '') as subject,
        condition_term.name as condition, e.context::text as context,
        ${utcText(sql, sql`e.starts_at`)} as "startsAt", ${utcText(sql, sql`e.expires_at`)} as "expiresAt", ${utcText(sql, sql`e.created_at`)} as "createdAt",
        e.created_by as "createdBy",
        jsonb_build_object('object', e.object, 'relation', e.relation, 'subject', e.subject) as place
      ${fromRelationship(sql, sql`(${page}) e`)}
      order by e.object, e.relation, e.subject`,
  );
  return rows;
}

export async function readLooseEnds(sql: TransactionSql): Promise<LooseEnds> {
  const [row] = rowsOf(
    await sql<LooseEnds[]>`
      select
        count(*) filter (where e.subject >= ${firstObject} and subject_object.id is null
          or e.condition is not null and condition_term.name is null)::int8 as unnamed,
        count(*) filter (where e.subject_type <> coalesce(subject_object.type, e.subject))::int8 as mistyped,
        (select revision from store) as revision,
        (select coalesce(max(revision), 0) from audit_event) as "lastRevision"
      ${fromRelationship(sql, sql`relationship e`)}`,
  );
  if (row === undefined) throw new Error('The store has lost its row.');
  return row;
}

/** The database's clock, as the texts of instants are. */
export async function readClock(sql: TransactionSql): Promise<string> {
  const [row] = rowsOf(await sql<{ now: string }[]>`select ${utcText(sql, sql`clock_timestamp()`)} as now`);
  invariant(row !== undefined, 'a clock has a time');
  return row.now;
}
