import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { failed, ok, type Result } from '../../base/result.ts';
import type { Seat } from '../lanes.ts';
import type { StoreWriter, Written } from '../store-writer.ts';
import type { Constrain } from '../write-constraint.ts';
import type { WriteTransaction } from '../write-transaction.ts';
import type { Connections } from './connection-pool.ts';
import type { LoadsModels, ModelCache } from './model-cache.ts';
import { PostgresWriteTransaction } from './postgres-write-transaction.ts';
import { WriteHead } from './write-head.ts';

/** How long a write waits for the one before it. */
export const lockTimeoutMs = 2000;

/**
 * Runs writes one after the other, each as one transaction.
 *
 * A write first locks the store's row. So it sees every write before it, nothing that it was decided on can change
 * before it commits, and revisions become visible in the order of their numbers: whoever sees n+1 sees n.
 */
export class PostgresWriter implements StoreWriter {
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
   * Models are read before the lock: a write that needs another one lets go of it first.
   *
   * A write that other writes kept from its turn, or that the database ended for their sake, left nothing: it is tried
   * again a few times, after a pause that differs from theirs.
   */
  async write<Value, Problem>(
    constrain: Constrain<Problem>,
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Written<Value>, Problem>> {
    return this.#seat.turn(() => this.#attempt({ constrain, use }, 1), 'A write to the database');
  }

  async #attempt<Value, Problem>(
    work: Work<Value, Problem>,
    attempt: number,
  ): Promise<Result<Written<Value>, Problem>> {
    try {
      return ok(await this.#models.withModels((models) => this.#writeOnce(work, models)));
    } catch (error) {
      if (error instanceof RolledBack) return failed(error.problem as Problem);
      if (!isInTheWay(error) || attempt === maxAttempts) throw error;
    }
    await sleep(Math.random() * longestPauseMs * attempt);
    return this.#attempt(work, attempt + 1);
  }

  #writeOnce<Value, Problem>({ constrain, use }: Work<Value, Problem>, models: LoadsModels) {
    return this.#connections.transaction('', async (sql): Promise<Written<Value>> => {
      await sql`select set_config('lock_timeout', ${String(lockTimeoutMs)}, true)`;
      const head = await WriteHead.lock(sql);
      const options = { payer: this.#seat.payer };
      const transaction = new PostgresWriteTransaction(sql, head, models, constrain, options);
      const result = await use(transaction);
      if (!result.ok) throw new RolledBack(result.problem);
      const problem = await transaction.findProblem();
      if (problem !== undefined) throw new RolledBack(problem);
      await head.save();
      return { value: result.value, revision: head.revision, identity: head.before.identity };
    });
  }
}

interface Work<Value, Problem> {
  readonly constrain: Constrain<Problem>;
  readonly use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>;
}

const maxAttempts = 3;
const longestPauseMs = 50;

/** Lock timeouts, serialization failures and deadlocks: the transaction is gone, and nothing of it happened. */
export function isInTheWay(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ['55P03', '40001', '40P01'].includes(error.code);
}

/** Carries an expected problem through the driver, whose transactions end only by throwing. */
class RolledBack extends Error {
  readonly problem: unknown;

  constructor(problem: unknown) {
    super('The write was rolled back.');
    this.problem = problem;
  }
}
