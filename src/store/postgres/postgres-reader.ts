import { sql as part } from 'drizzle-orm';
import { invariant } from '../../base/invariant.ts';
import { DeadlineExceeded } from '../../base/with-deadline.ts';
import type { SnapshotOptions } from '../../engine/ports.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Seat } from '../lanes.ts';
import { NoModel } from '../no-model.ts';
import type { Position, PublishedModels, ReadState, StoreReader } from '../store-reader.ts';
import { beforeEachStatement } from './before-each-statement.ts';
import { rowsOf } from './connect.ts';
import type { Connections } from './connection-pool.ts';
import { findOutcome } from './find-outcome.ts';
import type { LoadsModels, ModelCache } from './model-cache.ts';
import { PostgresSnapshot } from './postgres-snapshot.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { store } from './tables.ts';
import { readTerms } from './terms.ts';

interface PublishedRow {
  readonly active_model: number | null;
  readonly newest: number | null;
}

/** Opens snapshots as read-only transactions that see one committed state to their end. */
export class PostgresReader implements StoreReader {
  readonly #connections: Connections;
  readonly #models: ModelCache;
  readonly #timeoutMs: number;
  readonly #seat: Seat;

  /** A snapshot that takes longer than `timeoutMs` from its turn on, waiting for a connection included, ends with an error. */
  constructor(connections: Connections, models: ModelCache, timeoutMs: number, seat: Seat) {
    this.#connections = connections;
    this.#models = models;
    this.#timeoutMs = timeoutMs;
    this.#seat = seat;
  }

  async withSnapshot<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: PostgresSnapshot) => Promise<Answer>,
    { modelId }: SnapshotOptions = {},
  ): Promise<Answer> {
    const options = { modelId, payer: this.#seat.payer };
    return this.#read(async (sql, models) => use(await PostgresSnapshot.open(sql, models, objects, options)));
  }

  /** Has none yet: what is asked of it is asked of a snapshot. */
  async withExcerpt(): Promise<undefined> {
    return undefined;
  }

  async withModels<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: PostgresSnapshot, models: PublishedModels) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    return this.#read(async (sql, models) => {
      const [row] = rowsOf(
        await sql<PublishedRow[]>`select active_model, (select max(id) from model) as newest from store`,
      );
      if (row?.newest === null || row === undefined) throw new NoModel('No authorization model is published.');
      if (row.active_model === null) return undefined;
      const options = { modelId: row.active_model, terms: await readTerms(sql), payer: this.#seat.payer };
      const snapshot = await PostgresSnapshot.open(sql, models, objects, options);
      return use(snapshot, { load: async (id) => models.load(id)?.prepared });
    });
  }

  async withState<Answer>(use: (state: ReadState) => Promise<Answer>): Promise<Answer> {
    const { payer } = this.#seat;
    return this.#read((sql, models) =>
      use({
        open: (objects) => PostgresSnapshot.open(sql, models, objects, { payer }),
        hasOutcome: async (actor, key) => (await findOutcome(sql, actor, key)) !== undefined,
        position: () => readPosition(sql),
      }),
    );
  }

  get timeoutMs(): number {
    return this.#timeoutMs;
  }

  #read<Answer>(use: (sql: TransactionSql, models: LoadsModels) => Promise<Answer>): Promise<Answer> {
    // Whoever gave up waiting still has its place until the database has done with it.
    return this.#seat.turn(() => {
      const end = performance.now() + this.#timeoutMs;
      return this.#models.withModels((models) =>
        this.#connections.transaction('isolation level repeatable read read only', (sql) =>
          use(untilEnd(sql, end), models),
        ),
      );
    }, 'A read of the database');
  }
}

/** The same, but no statement begins after the end: nobody waits for its answer, and others wait for the connection. */
function untilEnd(transaction: TransactionSql, end: number): TransactionSql {
  return beforeEachStatement(transaction, () => {
    if (performance.now() >= end) throw new DeadlineExceeded('The time of a read of the database is over.');
  });
}

async function readPosition(sql: TransactionSql): Promise<Position> {
  const { identity, revision } = store;
  const now = part<Date>`clock_timestamp()`;
  const [row] = await runQuery(sql, (queries) => queries.select({ identity, revision, now }).from(store));
  invariant(row !== undefined, 'the table "store" has its row');
  return row;
}
