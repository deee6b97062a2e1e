import { sql as part } from 'drizzle-orm';
import { invariant } from '../../base/invariant.ts';
import type { AuditHead } from '../audit-event.ts';
import { changeChannel } from './change-channel.ts';
import { rowsOf } from './connect.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { store } from './tables.ts';
import { utcText } from './utc-text.ts';

/** The state of the store's row, as a write found it when it had the lock. */
export interface StoreHead {
  readonly revision: number;
  readonly identity: string;
  readonly activeModel: number | null;
  readonly audit: AuditHead;
  /** The time of the last audit event; undefined in an empty log. */
  readonly lastEventAt: string | undefined;
  /** The database's clock when the write began. */
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
  readonly #sql: TransactionSql;
  /** The clock of the snapshot that the write was decided on: what it writes has the same time. */
  #clock: string | undefined;
  #changes = 0;
  activeModel: number | null;
  audit: AuditHead;

  private constructor(sql: TransactionSql, before: StoreHead) {
    this.#sql = sql;
    this.before = before;
    this.next = before.revision + 1;
    this.activeModel = before.activeModel;
    this.audit = before.audit;
  }

  /** Waits for the write before this one, and keeps the next one waiting until the transaction ends. */
  static async lock(sql: TransactionSql): Promise<WriteHead> {
    return new WriteHead(sql, await lockStore(sql));
  }

  /** The revision to which this moment of the write belongs: what changed nothing belongs to the state before it. */
  get revision(): number {
    return this.#changes === 0 ? this.before.revision : this.next;
  }

  /** The instant of everything that this write writes; never before the write before it, even if the clock was set back. */
  get time(): string {
    const clock = this.#clock ?? this.before.now;
    const { lastEventAt } = this.before;
    return lastEventAt !== undefined && lastEventAt > clock ? lastEventAt : clock;
  }

  /** The clock of a snapshot that the write looks at; the first one counts. */
  decideAt(clock: string): void {
    this.#clock ??= clock;
  }

  /** Counts changes of this write, and returns the place of the first of them. */
  addChanges(count: number): number {
    const first = this.#changes;
    this.#changes += count;
    return first;
  }

  /**
   * Advances the row if anything was written; the last statement before the commit. Where anything changed, whoever waits
   * for changes is woken when, and only if, the write is committed.
   */
  async save(): Promise<void> {
    const { revision, audit } = this;
    if (revision === this.before.revision && audit.length === this.before.audit.length) return;
    const isChange = revision !== this.before.revision;
    const woken = part`case when ${isChange} then pg_notify(${changeChannel}, ${String(revision)}) end`;
    await runQuery(this.#sql, (queries) =>
      queries.update(store).set({ revision, auditLength: audit.length, auditHead: audit.hash }).returning({ woken }),
    );
  }
}

interface ClockRow {
  readonly last_event_at: string | null;
  readonly now: string;
}

/**
 * Locks the store's row, and then reads what the write before this one left: a statement that had to wait for the lock sees the
 * row as it is now, and every other table as it was when the wait began.
 */
async function lockStore(sql: TransactionSql): Promise<StoreHead> {
  const { revision, identity, activeModel, auditLength: length, auditHead: hash } = store;
  const [row] = await runQuery(sql, (queries) =>
    queries.select({ revision, identity, activeModel, audit: { length, hash } }).from(store).for('no key update'),
  );
  invariant(row !== undefined, 'the table "store" has its row');
  const { now, last_event_at: lastEventAt } = await readClocks(sql, row.audit.length);
  return { ...row, lastEventAt: lastEventAt ?? undefined, now };
}

async function readClocks(sql: TransactionSql, event: number): Promise<ClockRow> {
  const [row] = rowsOf(
    await sql<ClockRow[]>`
      select ${utcText(sql, sql`clock_timestamp()`)} as now,
        (select ${utcText(sql, sql`at`)} from audit_event where id = ${event}) as last_event_at`,
  );
  invariant(row !== undefined, 'a clock has a time');
  return row;
}
