import { DeadlineExceeded, withDeadline } from '../base/with-deadline.ts';
import type { SnapshotOptions, SnapshotReader } from '../engine/ports.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { runTransaction, type Sql, type TransactionSql } from './connect.ts';
import type { ModelCache } from './model-cache.ts';
import { PostgresSnapshot } from './postgres-snapshot.ts';

/** Opens snapshots as read-only transactions that see one committed state to their end. */
export class PostgresReader implements SnapshotReader {
  readonly #sql: Sql;
  readonly #models: ModelCache;
  readonly #timeoutMs: number;

  /** A snapshot that takes longer than `timeoutMs`, waiting for a connection included, ends with an error. */
  constructor(sql: Sql, models: ModelCache, timeoutMs: number) {
    this.#sql = sql;
    this.#models = models;
    this.#timeoutMs = timeoutMs;
  }

  async withSnapshot<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: PostgresSnapshot) => Promise<Answer>,
    { modelId }: SnapshotOptions = {},
  ): Promise<Answer> {
    const end = performance.now() + this.#timeoutMs;
    const reading = runTransaction(this.#sql, 'isolation level repeatable read read only', async (transaction) =>
      use(await PostgresSnapshot.open(untilEnd(transaction, end), this.#models, objects, modelId)),
    );
    return withDeadline(reading, this.#timeoutMs, 'A read of the database');
  }
}

/** The same, but no statement begins after the end: nobody waits for its answer, and others wait for the connection. */
function untilEnd(transaction: TransactionSql, end: number): TransactionSql {
  return new Proxy(transaction, {
    apply: (target, self, args) => {
      if (performance.now() >= end) throw new DeadlineExceeded('The time of a read of the database is over.');
      return Reflect.apply(target, self, args);
    },
  });
}
