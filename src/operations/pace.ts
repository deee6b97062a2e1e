/** After so long, what was before counts half as much. */
const memoryMs = 500;

/** How fast work is done since somebody has been waiting for it. */
export class Pace {
  #ms = 0;
  #weight = 0;
  #last: number | undefined;

  /** From now on somebody waits. */
  start(): void {
    this.#ms = 0;
    this.#weight = 0;
    this.#last = undefined;
  }

  /** Somebody waits, and so much is done. How long the first took is not known: it may have stood still before anybody waited. */
  note(weight: number): void {
    const now = performance.now();
    const before = this.#last;
    this.#last = now;
    if (before === undefined) return;
    this.#ms += now - before;
    this.#weight += weight;
    if (this.#ms < memoryMs) return;
    this.#ms /= 2;
    this.#weight /= 2;
  }

  /** How long so much will take; nothing as long as nothing is known. */
  msFor(weight: number): number {
    return this.#weight === 0 ? 0 : (this.#ms / this.#weight) * weight;
  }
}
