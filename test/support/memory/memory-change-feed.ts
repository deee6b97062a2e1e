import type { ChangeFeed } from '../../../src/store/change-feed.ts';

/** Wakes whoever waits in this process. */
export class MemoryChangeFeed implements ChangeFeed {
  wakeUps = 0;
  readonly #waiting = new Set<() => void>();

  wake(): void {
    this.wakeUps += 1;
    for (const wake of [...this.#waiting]) wake();
  }

  async next(seen: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.wakeUps !== seen || signal.aborted) return;
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
}
