import { failed, ok, type Result } from '../base/result.ts';
import { withDeadline } from '../base/with-deadline.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { rowsOf, runTransaction, type Sql } from './connect.ts';
import type { ModelCache } from './model-cache.ts';
import { PostgresSnapshot } from './postgres-snapshot.ts';
import { WriteTransaction } from './write-transaction.ts';

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
  readonly #sql: Sql;
  readonly #models: ModelCache;
  readonly #timeoutMs: number;

  /** A write that takes longer than `timeoutMs` ends with an error, and nobody knows whether it happened. */
  constructor(sql: Sql, models: ModelCache, timeoutMs: number) {
    this.#sql = sql;
    this.#models = models;
    this.#timeoutMs = timeoutMs;
  }

  /** Commits if `use` succeeds; if it returns a problem or throws, nothing is left behind. */
  async write<Value, Problem>(
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Written<Value>, Problem>> {
    try {
      const writing = runTransaction(this.#sql, '', async (sql) => {
        await sql`select set_config('lock_timeout', ${String(lockTimeoutMs)}, true)`;
        const [head] = rowsOf(await sql<StoreRow[]>`select revision, identity from store for no key update`);
        if (head === undefined) throw new Error('The table "store" has lost its row.');
        const openSnapshot = (objects: readonly ObjectRef[]) => PostgresSnapshot.open(sql, this.#models, objects);
        const transaction = new WriteTransaction(sql, head.revision + 1, openSnapshot);
        const result = await use(transaction);
        if (!result.ok) throw new RolledBack(result.problem);
        const changed = await transaction.finish();
        const revision = changed ? head.revision + 1 : head.revision;
        return { value: result.value, revision, identity: head.identity };
      });
      return ok(await withDeadline(writing, this.#timeoutMs, 'A write to the database'));
    } catch (error) {
      if (error instanceof RolledBack) return failed(error.problem as Problem);
      throw error;
    }
  }
}

interface StoreRow {
  readonly revision: number;
  readonly identity: string;
}

/** Carries an expected problem through the driver, whose transactions end only by throwing. */
class RolledBack extends Error {
  readonly problem: unknown;

  constructor(problem: unknown) {
    super('The write was rolled back.');
    this.problem = problem;
  }
}
