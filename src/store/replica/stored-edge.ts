/** An edge in the numbers of the store. */
export interface StoredEdge {
  readonly object: number;
  readonly relation: number;
  /** Packed: see `packed-subject.ts`. */
  readonly subject: number;
  readonly subjectType: number;
  readonly proviso: Proviso | undefined;
}

/** What keeps an edge from counting always; most have none. */
export interface Proviso {
  /** The number of its condition. */
  readonly condition: number | undefined;
  /** What was stored for the condition, as JSON. */
  readonly context: string | undefined;
  /** When it begins, in microseconds of the database's clock; infinitely long ago when it has no beginning. */
  readonly startsAt: number;
  /** When it expires, in microseconds of the database's clock; infinite when it does not. */
  readonly expiresAt: number;
}

/** Whether an edge counts at an instant, as far as its beginning and its end say. */
export function isLive(proviso: Proviso | undefined, nowMicros: number): boolean {
  return proviso === undefined || (proviso.startsAt <= nowMicros && proviso.expiresAt > nowMicros);
}
