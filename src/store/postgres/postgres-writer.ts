import type { Result } from '../../base/result.ts';
import type { Seat } from '../lanes.ts';
import type { StoreWriter, WriteSize, Written } from '../store-writer.ts';
import type { Constrain } from '../write-constraint.ts';
import type { WriteTransaction } from '../write-transaction.ts';
import type { WriteQueue } from './write-queue.ts';

/**
 * Runs writes one after the other.
 *
 * The transaction of a write first locks the store's row. So it sees every write before it, nothing that it was decided on can
 * change before it commits, and revisions become visible in the order of their numbers: whoever sees n+1 sees n. Small writes of
 * one process that wait at the same time share a transaction: see docs/decisions/0014-write-groups.md.
 */
export class PostgresWriter implements StoreWriter {
  readonly #queue: WriteQueue;
  readonly #seats: Readonly<Record<WriteSize, Seat>>;

  /** A write that takes longer than its lane allows ends with an error, and nobody knows whether it happened. */
  constructor(queue: WriteQueue, seats: Readonly<Record<WriteSize, Seat>>) {
    this.#queue = queue;
    this.#seats = seats;
  }

  write<Value, Problem>(
    constrain: Constrain<Problem>,
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
    size: WriteSize = 'small',
  ): Promise<Result<Written<Value>, Problem>> {
    const { turn, payer } = this.#seats[size];
    return turn(() => this.#queue.run({ constrain, use, payer }, size === 'large'), 'A write to the database');
  }
}
