import { HistoryDiverged } from './replica-problems.ts';

/** A state's place in the history of its database, with something that no other history has at this place. */
export interface HistoryPoint {
  readonly identity: string;
  readonly revision: number;
  /** The end of the audit log: its events are a chain, so that its hash is of everything that was ever done. */
  readonly event: number;
  readonly hash: string;
}

/** What a database says of a point that somebody knows. */
export interface HistoryProof {
  readonly identity: string;
  /** The hash of the point's event; undefined where there is none. */
  readonly hashThen: string | undefined;
}

/** Throws `HistoryDiverged` unless the point is there still, and so is everything before it: the log is a chain. */
export function proveHistory({ identity, event, hash }: HistoryPoint, proof: HistoryProof): void {
  if (proof.identity === identity && (event === 0 || proof.hashThen === hash)) return;
  throw new HistoryDiverged('The database has another history than the replica.');
}
