import type { ShadowClock } from '../../src/index.ts';

/** Time that passes when the test says so. */
export class ManualClock implements ShadowClock {
  #now = Date.UTC(2026, 2, 1);
  #due: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#due.push(timer);
    return () => {
      this.#due = this.#due.filter((one) => one !== timer);
    };
  }

  /** Runs what is due by then, each in its time, and all that comes of it. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const [next] = this.#due.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.at);
      this.#due = this.#due.filter((one) => one !== next);
      next.run();
    }
    this.#now = until;
  }
}
