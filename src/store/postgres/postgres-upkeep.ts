import type { RelationshipCursor } from '../relationship-page.ts';
import type { ExpiredPiece, OldEvents, OutcomePiece, OutcomePlace, Upkeep } from '../upkeep.ts';
import { rowsOf } from './connect.ts';
import type { Connections } from './connection-pool.ts';
import type { Shapes } from './shapes.ts';
import { utcText } from './utc-text.ts';

/** Rows that are looked at with one statement: some milliseconds. */
const rowsPerPiece = 2000;

/** The same of events, which have several names and indexes each. */
const eventsPerPiece = 500;
/** Each time leaves an event; so it is done when a thirtieth more is there than is kept. */
const enoughPart = 1 / 30;

/** Removes what is not needed any more, on connections that nobody waits for. */
export class PostgresUpkeep implements Upkeep {
  readonly #connections: Connections;
  readonly #shapes: Shapes;

  constructor(connections: Connections, shapes: Shapes) {
    this.#connections = connections;
    this.#shapes = shapes;
  }

  findExpired(endedForMs: number, after: RelationshipCursor = firstPlace): Promise<ExpiredPiece> {
    return this.#shapes.inOneStatement(this.#connections, 'upkeep', (sql) =>
      this.#shapes.findExpired(sql, endedForMs, after, rowsPerPiece),
    );
  }

  async removeOutcomes(olderThanMs: number, after: OutcomePlace | undefined): Promise<OutcomePiece> {
    const { actor, key } = after ?? { actor: '', key: '' };
    return this.#connections.transaction('upkeep', 'isolation level read committed', async (sql) => {
      const [row] = rowsOf(
        await sql<{ removed: number; size: number; actor: string | null; key: string | null }[]>`
          with piece as (
            select actor, key, created_at, row_number() over (order by actor, key) as position from idempotency
            where (actor, key) > (${actor}, ${key}) order by actor, key limit ${rowsPerPiece}
          ), gone as (
            delete from idempotency kept using piece
            where kept.actor = piece.actor and kept.key = piece.key
              and piece.created_at < clock_timestamp() - ${olderThanMs} * interval '1 ms'
            returning 1
          )
          select (select count(*)::int4 from gone) as removed, count(*)::int4 as size,
            (array_agg(actor order by position desc))[1] as actor, (array_agg(key order by position desc))[1] as key
          from piece`,
      );
      const { removed = 0, size = 0, actor: lastActor = null, key: lastKey = null } = row ?? {};
      await this.#shapes.endRemoval(sql);
      const isEnd = size < rowsPerPiece || lastActor === null || lastKey === null;
      return { removed, next: isEnd ? undefined : { actor: lastActor, key: lastKey } };
    });
  }

  /** The row of the store says up to where, in the same transaction: whoever reads changes sees both or neither. */
  async removeChanges(olderThanMs: number): Promise<number> {
    return this.#connections.transaction('upkeep', 'isolation level read committed', async (sql) => {
      const [row] = rowsOf(
        await sql<{ removed: number }[]>`
          with old as (
            select revision from audit_event where at < clock_timestamp() - ${olderThanMs} * interval '1 ms'
            order by at desc, id desc limit 1
          ), piece as (
            select max(revision) as last from (
              select change.revision from change, old where change.revision <= old.revision
              order by change.revision, change.ordinal limit ${rowsPerPiece}
            ) oldest
          ), marked as (
            update store set changes_removed_to = piece.last from piece where piece.last > store.changes_removed_to returning piece.last
          ), gone as (
            delete from change using marked where change.revision <= marked.last returning 1
          )
          select count(*)::int4 as removed from gone`,
      );
      await this.#shapes.endRemoval(sql);
      return row?.removed ?? 0;
    });
  }

  /** Never the last one: the next follows from it. */
  async findOldEvents(olderThanMs: number): Promise<OldEvents | undefined> {
    const [row] = await this.#connections.read('upkeep', async (sql) => {
      const limit = sql`clock_timestamp() - greatest(${olderThanMs}::float8, anchor.keep_ms) * interval '1 ms'`;
      return rowsOf(
        await sql<OldEventsRow[]>`
          select anchor.event + 1 as from, cut.id as to, cut.hash, ${utcText(sql, sql`cut.at`)} as at, (
            select oldest.at < ${limit} - greatest(${olderThanMs}::float8, anchor.keep_ms) * ${enoughPart}::float8 * interval '1 ms'
            from audit_event oldest where oldest.id > anchor.event order by oldest.id limit 1
          ) as is_enough
          from store cross join audit_anchor anchor cross join lateral (
            select * from audit_event
            where at < ${limit} and id < store.audit_length and id > anchor.event order by at desc, id desc limit 1
          ) cut
          where anchor.keep_ms is not null`,
      );
    });
    if (row?.is_enough !== true) return undefined;
    const { from, to, hash, at } = row;
    return { from, to, hash, at };
  }

  async removeEvents(): Promise<number> {
    return this.#connections.transaction('upkeep', 'isolation level read committed', async (sql) => {
      const [row] = rowsOf(await sql<{ removed: number }[]>`select remove_audit_events(${eventsPerPiece}) as removed`);
      await this.#shapes.endRemoval(sql);
      return row?.removed ?? 0;
    });
  }
}

interface OldEventsRow extends OldEvents {
  readonly is_enough: boolean | null;
}

/** Before every key. */
const firstPlace: RelationshipCursor = { object: 0, relation: 0, subject: 0 };
