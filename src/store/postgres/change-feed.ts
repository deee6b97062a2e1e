import type { ChannelListener } from './channel-listener.ts';

/** The channel on which a write says that it was committed; see `WriteTransaction.finish`. */
export const changeChannel = 'postern';

/**
 * Wakes whoever waits for changes.
 *
 * A wake-up promises nothing: one may be lost, come twice or be forged. What changed is in the table `change` alone, so
 * who waits reads it after each wake-up, and after a while without one.
 */
export class ChangeFeed {
  readonly #listener: ChannelListener;
  readonly #waiting = new Set<() => void>();
  #wakeUps = 0;

  constructor(listener: ChannelListener) {
    this.#listener = listener;
  }

  /** How often somebody was woken; to be read before the table, so that no wake-up in between is missed. */
  get wakeUps(): number {
    return this.#wakeUps;
  }

  /** Returns when there was a wake-up since `seen`, after `timeoutMs`, or when the signal is aborted. */
  async next(seen: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    this.#listen();
    if (this.#wakeUps !== seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /** One connection for all, made for the first who waits. */
  #listen(): void {
    this.#listener.listen(changeChannel, () => {
      this.#wakeUps += 1;
      for (const wake of this.#waiting) wake();
    });
  }

  async close(): Promise<void> {
    await this.#listener.end();
  }
}
