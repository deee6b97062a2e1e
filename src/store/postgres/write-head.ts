import { invariant } from '../../base/invariant.ts';
import type { AuditHead } from '../audit-event.ts';
import { changeChannel } from './change-channel.ts';
import { rowsOf } from './connect.ts';
import { sentTogether } from './sent-together.ts';
import type { TransactionSql } from './sql.ts';
import { utcText } from './utc-text.ts';

/** The state of the store's row, as a write finds it. */
export interface StoreHead {
  readonly revision: number;
  readonly identity: string;
  readonly activeModel: number | null;
  readonly audit: AuditHead;
  /** The time of the last audit event; undefined in an empty log. */
  readonly lastEventAt: string | undefined;
  /** The database's clock when the store's row was locked. */
  readonly now: string;
}

/**
 * The store's row in one write: what it was before, and what the write makes of it. Everything that a write numbers or dates
 * is numbered and dated here.
 */
export class WriteHead {
  readonly before: StoreHead;
  /** The revision that the write will be, if it changes anything. */
  readonly next: number;
  #changes = 0;
  activeModel: number | null;
  audit: AuditHead;

  constructor(before: StoreHead) {
    this.before = before;
    this.next = before.revision + 1;
    this.activeModel = before.activeModel;
    this.audit = before.audit;
  }

  /** The revision to which this moment of the write belongs: what changed nothing belongs to the state before it. */
  get revision(): number {
    return this.#changes === 0 ? this.before.revision : this.next;
  }

  /** The instant of everything that this write writes; never before the write before it, even if the clock was set back. */
  get time(): string {
    const { now, lastEventAt } = this.before;
    return lastEventAt !== undefined && lastEventAt > now ? lastEventAt : now;
  }

  /** What the next write in the same transaction finds. */
  get after(): StoreHead {
    const { revision, activeModel, audit, before } = this;
    const lastEventAt = audit.length === before.audit.length ? before.lastEventAt : this.time;
    return { ...before, revision, activeModel, audit, lastEventAt };
  }

  /** Counts changes of this write, and returns the place of the first of them. */
  addChanges(count: number): number {
    const first = this.#changes;
    this.#changes += count;
    return first;
  }
}

interface HeadRow {
  readonly revision: number;
  readonly identity: string;
  readonly active_model: number | null;
  readonly audit_length: number;
  readonly audit_head: string;
  readonly last_event_at: string | null;
  readonly now: string;
}

/**
 * Waits for the transaction before this one, and keeps the next one waiting until this one ends. Then reads what the one before
 * left: a statement that had to wait for the lock sees the row as it is now, and every other table as it was when the wait began.
 */
export async function lockStore(sql: TransactionSql, timeoutMs: number): Promise<StoreHead> {
  const [, , rows] = await sentTogether([
    sql`select set_config('lock_timeout', ${String(timeoutMs)}, true)`,
    sql`select from store for no key update`,
    sql<HeadRow[]>`
      select revision, identity, deciding_model as active_model, audit_length, audit_head, ${utcText(sql, sql`clock_timestamp()`)} as now,
        (select ${utcText(sql, sql`at`)} from audit_event where id = store.audit_length) as last_event_at
      from store`,
  ]);
  const [row] = rowsOf(rows);
  invariant(row !== undefined, 'the table "store" has its row');
  return {
    revision: row.revision,
    identity: row.identity,
    activeModel: row.active_model,
    audit: { length: row.audit_length, hash: row.audit_head },
    lastEventAt: row.last_event_at ?? undefined,
    now: row.now,
  };
}

/** Advances the row. Where anything changed, whoever waits for changes is woken when, and only if, it is committed. */
export async function saveStore(sql: TransactionSql, before: StoreHead, { revision, audit }: StoreHead): Promise<void> {
  const isChange = revision !== before.revision;
  if (!isChange && audit.length === before.audit.length) return;
  await sql`
    update store set revision = ${revision}, audit_length = ${audit.length}, audit_head = ${audit.hash}
    returning case when ${isChange} then pg_notify(${changeChannel}, ${String(revision)}) end`;
}
