/**
 * A place in the history of a database, with something that no other history has there: events of the audit log are a chain, so the
 * hash of one is of everything that was ever done. A fail-over that loses writes, or a restore, is the beginning of another history.
 */
export interface HistoryMark {
  readonly event: number;
  /** How the hash begins, in 16 hexadecimal digits. */
  readonly hash: string;
}

/** Undefined where there is no chain yet. */
export function markOf(event: number, hash: string): HistoryMark | undefined {
  return event === 0 || hash === '' ? undefined : { event, hash: beginningOf(hash) };
}

function beginningOf(hash: string): string {
  return Buffer.from(hash, 'base64url').subarray(0, 8).toString('hex');
}

/** Whether an event of the log, with this hash, is the one that was marked. */
export function isMarked(mark: HistoryMark, hash: string | undefined): boolean {
  return hash !== undefined && beginningOf(hash) === mark.hash;
}
