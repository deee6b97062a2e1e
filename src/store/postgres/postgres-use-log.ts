import type { NodeId } from '../../engine/ports.ts';
import type { GrantUse, SubjectUse, UseCoverage, UseLog, UseWord } from '../use-log.ts';
import { rowsOf } from './connect.ts';
import type { Connections } from './connection-pool.ts';
import type { TransactionSql } from './sql.ts';

/** Servers say that they are there at least once in a minute: what one of them leaves out is known after so long. */
const wordMs = 120_000;
/** A server that has said nothing for so long, and has not ended, is gone with what it had counted. */
const silenceMs = 300_000;
const rowsPerPiece = 2000;

/** Counts in tables that no write touches, on connections that no answer waits for. */
export class PostgresUseLog implements UseLog {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async join(isCounting: boolean): Promise<number | undefined> {
    const [row] = await this.#write(async (sql) =>
      rowsOf(
        await sql<{ id: number }[]>`
          insert into use_server (is_counting)
          select ${isCounting}::bool where ${isCounting}::bool or exists (select from use_server where is_counting)
          returning id`,
      ),
    );
    return row?.id;
  }

  /** In one order everywhere, so that servers that add to the same rows wait for each other and never in a circle. */
  async add(grants: readonly GrantUse[], subjects: readonly SubjectUse[]): Promise<void> {
    const keys = keysOf(grants.map(({ edge }) => edge));
    await this.#write(async (sql) => {
      await sql`
        insert into grant_use (object, relation, subject, subject_type, subject_relation, day, uses)
        select q.object, q.relation, q.subject, q.subject_type, q.subject_relation, ${today(sql)}, q.uses
        from unnest(${keys.objects}::int8[], ${keys.relations}::text[], ${keys.subjects}::int8[], ${keys.types}::text[],
          ${keys.subjectRelations}::text[], ${grants.map(({ uses }) => uses)}::int8[])
          as q (object, relation, subject, subject_type, subject_relation, uses)
        order by q.object, q.relation collate "C", q.subject, q.subject_type collate "C", q.subject_relation collate "C"
        on conflict on constraint grant_use_pk do update set uses = grant_use.uses + excluded.uses`;
      await sql`
        insert into subject_use (subject, day, uses)
        select q.subject, ${today(sql)}, q.uses
        from unnest(${subjects.map(({ subject }) => subject)}::int8[], ${subjects.map(({ uses }) => uses)}::int8[])
          as q (subject, uses)
        order by 1
        on conflict (subject, day) do update set uses = subject_use.uses + excluded.uses`;
    });
  }

  async tell(server: number, { agoMs, hasLost, isLast }: UseWord): Promise<void> {
    await this.#write(
      (sql) => sql`
        update use_server set
          told_at = greatest(told_at, clock_timestamp() - ${agoMs}::float8 * interval '1 ms'),
          lost_at = case when ${hasLost}::bool then clock_timestamp() else lost_at end,
          ended_at = case when ${isLast}::bool then clock_timestamp() else ended_at end
        where id = ${server}::int8`,
    );
  }

  async readCoverage(): Promise<UseCoverage> {
    const [row] = await this.#connections.read('upkeep', async (sql) =>
      rowsOf(
        await sql<CoverageRow[]>`
          select clock_timestamp() as now, begun, uncounted, lost, silent, coalesce(told, last_told, clock_timestamp()) as until,
            greatest(begun, uncounted, lost, silent) + ${wordMs}::float8 * interval '1 ms' as since
          from (
            select min(started_at) filter (where is_counting) as begun,
              max(told_at) filter (where not is_counting) as uncounted,
              max(lost_at) as lost,
              max(told_at + ${silenceMs}::float8 * interval '1 ms') filter (where is_counting and ${isSilent(sql)}) as silent,
              min(told_at) filter (where is_counting and ended_at is null and not ${isSilent(sql)}) as told,
              max(told_at) filter (where is_counting) as last_told
            from use_server
          ) said`,
      ),
    );
    if (row === undefined || row.begun === null)
      return { ...noCoverage, now: row?.now ?? new Date(), until: new Date() };
    const { now, until, since } = row;
    return { now, until, since: since ?? undefined, beginsWith: latestOf(row) };
  }

  async readUsedGrants(edges: readonly GrantUse['edge'][], days: number): Promise<readonly boolean[]> {
    if (edges.length === 0) return [];
    const keys = keysOf(edges);
    const rows = await this.#connections.read('upkeep', async (sql) =>
      rowsOf(
        await sql<{ is_used: boolean }[]>`
          select exists (
            select from grant_use u where u.object = q.object and u.relation = q.relation and u.subject = q.subject
              and u.subject_type = q.subject_type and u.subject_relation = q.subject_relation
              and u.day >= ${today(sql)} - ${days}::int4
          ) as is_used
          from unnest(${keys.objects}::int8[], ${keys.relations}::text[], ${keys.subjects}::int8[], ${keys.types}::text[],
            ${keys.subjectRelations}::text[])
            with ordinality as q (object, relation, subject, subject_type, subject_relation, position)
          order by q.position`,
      ),
    );
    return rows.map(({ is_used }) => is_used);
  }

  async readUsedSubjects(subjects: readonly NodeId[], days: number): Promise<readonly boolean[]> {
    if (subjects.length === 0) return [];
    const rows = await this.#connections.read('upkeep', async (sql) =>
      rowsOf(
        await sql<{ is_used: boolean }[]>`
          select exists (
            select from subject_use u where u.subject = q.subject and u.day >= ${today(sql)} - ${days}::int4
          ) as is_used
          from unnest(${[...subjects]}::int8[]) with ordinality as q (subject, position) order by q.position`,
      ),
    );
    return rows.map(({ is_used }) => is_used);
  }

  async removeOld(days: number): Promise<number> {
    const [row] = await this.#write(async (sql) => {
      const isOld = sql`day < ${today(sql)} - ${days}::int4`;
      return rowsOf(
        await sql<{ removed: number }[]>`
          with grants as (
            delete from grant_use where ctid in (select ctid from grant_use where ${isOld} limit ${rowsPerPiece}) returning 1
          ), subjects as (
            delete from subject_use where ctid in (select ctid from subject_use where ${isOld} limit ${rowsPerPiece}) returning 1
          ), servers as (
            delete from use_server where told_at < clock_timestamp() - ${days}::int4 * interval '1 day' returning 1
          )
          select ((select count(*) from grants) + (select count(*) from subjects) + (select count(*) from servers))::int4 as removed`,
      );
    });
    return row?.removed ?? 0;
  }

  #write<Value>(work: (sql: TransactionSql) => Promise<Value>): Promise<Value> {
    return this.#connections.transaction('upkeep', 'isolation level read committed', work);
  }
}

interface CoverageRow {
  readonly now: Date;
  readonly begun: Date | null;
  readonly uncounted: Date | null;
  readonly lost: Date | null;
  readonly silent: Date | null;
  readonly until: Date;
  readonly since: Date | null;
}

const noCoverage = { since: undefined, beginsWith: 'counting' } as const;

function latestOf({ begun, uncounted, lost, silent }: CoverageRow): UseCoverage['beginsWith'] {
  const breaks = [
    { why: 'counting', at: begun },
    { why: 'uncounting', at: uncounted },
    { why: 'loss', at: lost },
    { why: 'silence', at: silent },
  ] as const;
  const timeOf = (at: Date | null) => at?.getTime() ?? 0;
  return breaks.toSorted((left, right) => timeOf(right.at) - timeOf(left.at))[0]?.why ?? 'counting';
}

/** Days are the database's, of no time zone. */
function today(sql: TransactionSql) {
  return sql`(clock_timestamp() at time zone 'utc')::date`;
}

function isSilent(sql: TransactionSql) {
  return sql`(ended_at is null and told_at < clock_timestamp() - ${silenceMs}::float8 * interval '1 ms')`;
}

/** Edges in columns. */
function keysOf(edges: readonly GrantUse['edge'][]) {
  return {
    objects: edges.map(({ object }) => object),
    relations: edges.map(({ relation }) => relation),
    subjects: edges.map(({ subject }) => (subject.kind === 'wildcard' ? 0 : subject.node)),
    types: edges.map(({ subject }) => (subject.kind === 'wildcard' ? subject.type : '')),
    subjectRelations: edges.map(({ subject }) => (subject.kind === 'set' ? subject.relation : '')),
  };
}
