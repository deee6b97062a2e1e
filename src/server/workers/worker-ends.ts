/** How often workers ended lately, and what follows from it. */
export class WorkerEnds {
  readonly #most: number;
  readonly #now: () => number;
  #ends: readonly WorkerEnd[] = [];

  constructor(workers: number, now: () => number = () => performance.now()) {
    this.#most = workers * endsOfOne;
    this.#now = now;
  }

  /** How long to wait until another one takes the place of this one; undefined when they end too often. */
  restAfter(worker: number): number | undefined {
    const atMs = this.#now();
    this.#ends = [...this.#ends.filter((end) => atMs - end.atMs < lately), { worker, atMs }];
    if (this.#ends.length > this.#most) return undefined;
    const own = this.#ends.filter((end) => end.worker === worker).length;
    return Math.min(firstRestMs * 2 ** (own - 1), longestRestMs);
  }
}

interface WorkerEnd {
  readonly worker: number;
  readonly atMs: number;
}

const lately = 60_000;
const endsOfOne = 5;
const firstRestMs = 100;
const longestRestMs = 10_000;
