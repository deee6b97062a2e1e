/** How much of the next answer counts among those before it. */
const share = 0.1;

/** How fast work that others wait for is done, as far as what was done lately tells. */
export class Pace {
  #msPerWeight = 0;
  #since = 0;

  /** From now on somebody waits. */
  start(): void {
    this.#since = performance.now();
  }

  /** Somebody waits, and so much is done. */
  note(weight: number): void {
    const now = performance.now();
    this.#msPerWeight += share * ((now - this.#since) / weight - this.#msPerWeight);
    this.#since = now;
  }

  msFor(weight: number): number {
    return this.#msPerWeight * weight;
  }
}
