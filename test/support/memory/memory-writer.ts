import { ok, type Result } from '../../../src/base/result.ts';
import type { Seat } from '../../../src/store/lanes.ts';
import type { StoreWriter, Written } from '../../../src/store/store-writer.ts';
import type { Constrain } from '../../../src/store/write-constraint.ts';
import type { WriteTransaction } from '../../../src/store/write-transaction.ts';
import type { MemoryModels } from './memory-models.ts';
import { MemoryState } from './memory-state.ts';
import { MemoryTransaction } from './memory-transaction.ts';
import { MemoryWrite } from './memory-write.ts';

/** The state that is committed, and the end of the queue of those who are going to change it. */
export interface Committed {
  state: MemoryState;
  lastWrite: Promise<unknown>;
}

/** Writes one after the other, each on a copy of the state. */
export class MemoryWriter implements StoreWriter {
  readonly #committed: Committed;
  readonly #models: MemoryModels;
  readonly #wake: () => void;
  readonly #seat: Seat;

  constructor(committed: Committed, models: MemoryModels, wake: () => void, seat: Seat) {
    this.#committed = committed;
    this.#models = models;
    this.#wake = wake;
    this.#seat = seat;
  }

  write<Value, Problem>(
    constrain: Constrain<Problem>,
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Written<Value>, Problem>> {
    return this.#seat.turn(() => {
      const written = this.#committed.lastWrite.then(() => this.#writeOnce(constrain, use));
      this.#committed.lastWrite = written.catch(() => undefined);
      return written;
    }, 'A write to the memory');
  }

  async #writeOnce<Value, Problem>(
    constrain: Constrain<Problem>,
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Written<Value>, Problem>> {
    const write = new MemoryWrite(this.#committed.state, new MemoryState(this.#committed.state));
    const transaction = new MemoryTransaction(write, this.#models, this.#seat, constrain);
    const result = await use(transaction);
    if (!result.ok) return result;
    const problem = await transaction.findProblem();
    if (problem !== undefined) return { ok: false, problem };
    write.state.revision = write.revision;
    this.#committed.state = write.state;
    if (write.hasChanged) this.#wake();
    return ok({ value: result.value, revision: write.revision, identity: write.state.identity, mark: undefined });
  }
}
