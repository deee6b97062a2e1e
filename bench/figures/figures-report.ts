import type { Measurement, Report } from '../report.ts';

/** Everything that the figures to reach are read from. */
export interface FiguresReport extends Report {
  readonly kind: 'figures';
  /** What a page takes where there are few relationships and where there are many. */
  readonly growth: readonly Grown[];
  readonly storage: Storage;
  readonly replica: ReplicaMemory;
  readonly bulk: Bulk;
}

export interface Grown {
  readonly relationships: number;
  readonly measurements: readonly Measurement[];
}

/** Bytes on the disk of the database, with all indexes. */
export interface Storage {
  readonly relationships: number;
  readonly relationshipBytes: number;
  readonly objects: number;
  /** Of the names of objects, each of which is there once. */
  readonly objectBytes: number;
}

/** What the replica takes for the relationships that were loaded. */
export interface ReplicaMemory {
  readonly relationships: number;
  readonly bytes: number;
}

/** Writes of as many relationships as one may have, one after the other. */
export interface Bulk {
  readonly perWrite: number;
  readonly relationshipsPerSecond: number;
}
