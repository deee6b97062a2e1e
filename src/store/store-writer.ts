import type { Result } from '../base/result.ts';
import type { HistoryMark } from '../model/history-mark.ts';
import type { Constrain } from './write-constraint.ts';
import type { WriteTransaction } from './write-transaction.ts';

/** Small ones are done together where several wait; what takes long is done alone. */
export type WriteSize = 'small' | 'large';

/** Runs writes one after the other; each happens as a whole or not at all, whatever becomes of others. */
export interface StoreWriter {
  /**
   * Commits if `use` succeeds and the constraint finds nothing broken; if either says a problem, or anything throws, nothing is
   * left behind. `use` may run more than once: a write that others kept from its turn, or before which others changed what it had
   * looked at, begins again.
   */
  write<Value, Problem>(
    constrain: Constrain<Problem>,
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
    size?: WriteSize,
  ): Promise<Result<Written<Value>, Problem>>;
}

export interface Written<Value> {
  readonly value: Value;
  /** The revision that contains the write; the present one when nothing changed. */
  readonly revision: number;
  /** The database that the revision counts in. */
  readonly identity: string;
  /** The last event of its history. */
  readonly mark: HistoryMark | undefined;
}
