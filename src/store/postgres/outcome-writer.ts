import type { KeptOutcome, OutcomeWriter } from '../write-transaction.ts';
import { findOutcome } from './find-outcome.ts';
import { runQuery } from './run-query.ts';
import type { TransactionSql } from './sql.ts';
import { idempotency } from './tables.ts';
import type { WriteHead } from './write-head.ts';

/** Keeps outcomes under the keys that callers chose. */
export class PostgresOutcomeWriter implements OutcomeWriter {
  readonly #sql: TransactionSql;
  readonly #head: WriteHead;

  constructor(sql: TransactionSql, head: WriteHead) {
    this.#sql = sql;
    this.#head = head;
  }

  find(actor: string, key: string): Promise<KeptOutcome | undefined> {
    return findOutcome(this.#sql, actor, key);
  }

  /** Where nothing changed there is no new revision, and the outcome does not promise one. */
  async store(actor: string, key: string, requestHash: string, outcome: unknown): Promise<void> {
    const { revision } = this.#head;
    await runQuery(this.#sql, (queries) =>
      queries.insert(idempotency).values({ actor, key, requestHash, revision, outcome }),
    );
  }
}
