import type { ChangesMade, Footprint } from './footprint.ts';
import type { LoadsModels } from './model-cache.ts';
import type { Shapes } from './shapes.ts';
import type { TransactionSql } from './sql.ts';
import type { StoreHead, WriteHead } from './write-head.ts';
import type { WriteLedger } from './write-ledger.ts';

/** Where a write runs: in a transaction that has the lock, by itself or with others. */
export interface WritePlace {
  readonly sql: TransactionSql;
  readonly shapes: Shapes;
  readonly models: LoadsModels;
  /** The state before it; what a row says that is not saved yet is in the ledger. */
  readonly before: StoreHead;
  readonly ledger: WriteLedger;
  /** Whether what this one has written can be undone for itself. */
  readonly isShared: boolean;
}

/** A write's place among others: what it has looked at and made of the state, and its turn to write. */
export interface WriteTurn {
  readonly seen: Footprint;
  readonly changed: ChangesMade;
  readonly ledger: WriteLedger;
  /** What the write numbers and dates by, when it is its turn. */
  takeTurn(): Promise<WriteHead>;
  /** The same for whoever is going to write into tables. */
  takePen(): Promise<WriteHead>;
}
