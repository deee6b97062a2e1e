import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { failed, ok, type Result } from '../../base/result.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Seat } from '../lanes.ts';
import { rowsOf, type TransactionSql } from './connect.ts';
import type { Connections } from './connection-pool.ts';
import type { LoadsModels, ModelCache } from './model-cache.ts';
import { PostgresSnapshot } from './postgres-snapshot.ts';
import { utcText } from './utc-text.ts';
import { type StoreHead, WriteTransaction } from './write-transaction.ts';

/** How long a write waits for the one before it. */
export const lockTimeoutMs = 2000;

export interface Written<Value> {
  readonly value: Value;
  /** The revision that contains the write; the present one when nothing changed. */
  readonly revision: number;
  /** The database that the revision counts in. */
  readonly identity: string;
}

/**
 * Runs writes one after the other, each as one transaction.
 *
 * A write first locks the store's row. So it sees every write before it, nothing that it was decided on can change
 * before it commits, and revisions become visible in the order of their numbers: whoever sees n+1 sees n.
 */
export class PostgresWriter {
  readonly #connections: Connections;
  readonly #models: ModelCache;
  readonly #seat: Seat;

  /** A write that takes longer than its lane allows ends with an error, and nobody knows whether it happened. */
  constructor(connections: Connections, models: ModelCache, seat: Seat) {
    this.#connections = connections;
    this.#models = models;
    this.#seat = seat;
  }

  /**
   * Commits if `use` succeeds; if it returns a problem or throws, nothing is left behind. Models are read before the lock: a
   * write that needs another one lets go of it first.
   *
   * A write that other writes kept from its turn, or that the database ended for their sake, left nothing: it is tried
   * again a few times, after a pause that differs from theirs.
   */
  async write<Value, Problem>(
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Written<Value>, Problem>> {
    return this.#seat.turn(() => this.#attempt(use, 1), 'A write to the database');
  }

  async #attempt<Value, Problem>(
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
    attempt: number,
  ): Promise<Result<Written<Value>, Problem>> {
    try {
      return ok(await this.#models.withModels((models) => this.#writeOnce(use, models)));
    } catch (error) {
      if (error instanceof RolledBack) return failed(error.problem as Problem);
      if (!isInTheWay(error) || attempt === maxAttempts) throw error;
    }
    await sleep(Math.random() * longestPauseMs * attempt);
    return this.#attempt(use, attempt + 1);
  }

  #writeOnce<Value, Problem>(
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
    models: LoadsModels,
  ) {
    return this.#connections.transaction('', async (sql): Promise<Written<Value>> => {
      await sql`select set_config('lock_timeout', ${String(lockTimeoutMs)}, true)`;
      const head = await lockStore(sql);
      const options = { payer: this.#seat.payer };
      const openSnapshot = (objects: readonly ObjectRef[]) => PostgresSnapshot.open(sql, models, objects, options);
      const loadModel = async (id: number) => models.load(id)?.prepared.model;
      const transaction = new WriteTransaction(sql, head, openSnapshot, loadModel);
      const result = await use(transaction);
      if (!result.ok) throw new RolledBack(result.problem);
      const changed = await transaction.finish();
      const revision = changed ? transaction.revision : head.revision;
      return { value: result.value, revision, identity: head.identity };
    });
  }
}

const maxAttempts = 3;
const longestPauseMs = 50;

/** Lock timeouts, serialization failures and deadlocks: the transaction is gone, and nothing of it happened. */
function isInTheWay(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ['55P03', '40001', '40P01'].includes(error.code);
}

interface StoreRow {
  readonly revision: number;
  readonly identity: string;
  readonly active_model: number | null;
  readonly audit_length: number;
  readonly audit_head: string;
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
  const [row] = rowsOf(
    await sql<StoreRow[]>`
      select revision, identity, active_model, audit_length, audit_head from store for no key update`,
  );
  if (row === undefined) throw new Error('The table "store" has lost its row.');
  const { revision, identity, active_model: activeModel, audit_length: length, audit_head: hash } = row;
  const { now, last_event_at: lastEventAt } = await readClocks(sql, length);
  return { revision, identity, activeModel, audit: { length, hash }, lastEventAt: lastEventAt ?? undefined, now };
}

async function readClocks(sql: TransactionSql, event: number): Promise<ClockRow> {
  const [row] = rowsOf(
    await sql<ClockRow[]>`
      select ${utcText(sql, sql`clock_timestamp()`)} as now,
        (select ${utcText(sql, sql`at`)} from audit_event where id = ${event}) as last_event_at`,
  );
  if (row === undefined) throw new Error('The database has no clock.');
  return row;
}

/** Carries an expected problem through the driver, whose transactions end only by throwing. */
class RolledBack extends Error {
  readonly problem: unknown;

  constructor(problem: unknown) {
    super('The write was rolled back.');
    this.problem = problem;
  }
}
