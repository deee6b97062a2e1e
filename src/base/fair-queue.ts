import { DeadlineExceeded } from './with-deadline.ts';

/** How much of a queue one caller may have. */
export interface Share {
  readonly atOnce: number;
  readonly waiting: number;
}

/** A caller has as much waiting as one may have: its own doing, and nobody else's. */
export class TooMuchWaiting extends Error {}

/** Places became free in time, but it was the turn of others. */
export class WaitedTooLong extends Error {}

/**
 * Places for work that others wait for, in turns: whoever was served last is served after everybody else who waits, however
 * much it has waiting. What waits too long is refused while there is time left to say so.
 */
export class FairQueue {
  readonly #places: number;
  readonly #longestWaitMs: number;
  readonly #running = new Map<string, number>();
  /** In the order of their turns. */
  readonly #waiting = new Map<string, Waiting[]>();
  #taken = 0;
  #done = 0;

  constructor(places: number, longestWaitMs: number) {
    this.#places = places;
    this.#longestWaitMs = longestWaitMs;
  }

  /** Does the work when it is its turn. The place is taken until the work has ended, however it ends. */
  async run<Value>(caller: string, share: Share, work: () => Promise<Value>): Promise<Value> {
    // Whoever could be served already has been: to come now is not to come before those who wait.
    if (this.#taken < this.#places && this.#isServable(caller, share)) this.#take(caller);
    else await this.#wait(caller, share);
    try {
      const value = await work();
      this.#done += 1;
      return value;
    } finally {
      this.#leave(caller);
    }
  }

  #isServable(caller: string, { atOnce }: Share): boolean {
    return (this.#running.get(caller) ?? 0) < atOnce;
  }

  #take(caller: string): void {
    this.#taken += 1;
    this.#running.set(caller, (this.#running.get(caller) ?? 0) + 1);
  }

  #leave(caller: string): void {
    this.#taken -= 1;
    const left = (this.#running.get(caller) ?? 1) - 1;
    if (left === 0) this.#running.delete(caller);
    else this.#running.set(caller, left);
    this.#serveNext();
  }

  #wait(caller: string, share: Share): Promise<void> {
    const own = this.#waiting.get(caller) ?? [];
    if (own.length >= share.waiting) throw new TooMuchWaiting('A caller has too much waiting.');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const done = this.#done;
    const timer = setTimeout(() => {
      this.#forget(caller, one);
      reject(this.#tooLong(done));
    }, this.#longestWaitMs);
    const serve = () => {
      clearTimeout(timer);
      resolve();
    };
    const one: Waiting = { share, serve };
    own.push(one);
    this.#waiting.set(caller, own);
    return promise;
  }

  /** Where nothing at all was done meanwhile, there is not too much to do: it does not work. */
  #tooLong(done: number): Error {
    const message = `There was no place within ${this.#longestWaitMs} ms.`;
    return done === this.#done ? new DeadlineExceeded(message) : new WaitedTooLong(message);
  }

  #serveNext(): void {
    for (const [caller, own] of this.#waiting) {
      const [first] = own;
      if (this.#taken >= this.#places) return;
      if (first === undefined || !this.#isServable(caller, first.share)) continue;
      this.#take(caller);
      this.#forget(caller, first);
      this.#moveToEnd(caller);
      first.serve();
    }
  }

  #forget(caller: string, one: Waiting): void {
    const left = (this.#waiting.get(caller) ?? []).filter((other) => other !== one);
    if (left.length === 0) this.#waiting.delete(caller);
    else this.#waiting.set(caller, left);
  }

  #moveToEnd(caller: string): void {
    const own = this.#waiting.get(caller);
    if (own === undefined) return;
    this.#waiting.delete(caller);
    this.#waiting.set(caller, own);
  }
}

interface Waiting {
  readonly share: Share;
  readonly serve: () => void;
}
