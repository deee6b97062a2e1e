import type { Result } from '../base/result.ts';
import type { Constrain } from './write-constraint.ts';
import type { WriteTransaction } from './write-transaction.ts';

/** Runs writes one after the other, each as one transaction. */
export interface StoreWriter {
  /**
   * Commits if `use` succeeds and the constraint finds nothing broken; if either says a problem, or anything throws, nothing is
   * left behind. `use` may run more than once: a write that others kept from its turn is tried again.
   */
  write<Value, Problem>(
    constrain: Constrain<Problem>,
    use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>,
  ): Promise<Result<Written<Value>, Problem>>;
}

export interface Written<Value> {
  readonly value: Value;
  /** The revision that contains the write; the present one when nothing changed. */
  readonly revision: number;
  /** The database that the revision counts in. */
  readonly identity: string;
}
