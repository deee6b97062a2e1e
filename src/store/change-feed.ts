/**
 * Wakes whoever waits for changes, of this process or of another.
 *
 * A wake-up promises nothing: one may be lost, come twice or be forged. What changed is in the store alone, so who waits reads
 * it after each wake-up, and after a while without one.
 */
export interface ChangeFeed {
  /** How often somebody was woken; to be read before the store, so that no wake-up in between is missed. */
  readonly wakeUps: number;
  /** Returns when there was a wake-up since `seen`, after `timeoutMs`, or when the signal is aborted. */
  next(seen: number, timeoutMs: number, signal: AbortSignal): Promise<void>;
}
