import { at, type FaultPort } from '../../base/fault-port.ts';
import type { ChangeFeed } from '../change-feed.ts';
import { changeChannel } from './change-channel.ts';
import type { ChannelListener } from './channel-listener.ts';

/** Hears of each write that is committed, on one connection for all who wait. */
export class PostgresChangeFeed implements ChangeFeed {
  readonly #listener: ChannelListener;
  readonly #faults: FaultPort | undefined;
  readonly #waiting = new Set<() => void>();
  #wakeUps = 0;

  constructor(listener: ChannelListener, faults?: FaultPort) {
    this.#listener = listener;
    this.#faults = faults;
  }

  get wakeUps(): number {
    return this.#wakeUps;
  }

  async next(seen: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    this.#listen();
    if (this.#wakeUps !== seen || signal.aborted) return;
    await at(this.#faults, 'nextChange', () => this.#wake(timeoutMs, signal));
  }

  #wake(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
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
