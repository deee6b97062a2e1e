/**
 * The turns of the one thread that answers everybody. Whoever has much to do asks after each small part whether its turn is over,
 * and rests if it is. Between two turns the thread looks after whatever has come meanwhile, and of all that rest only one goes on:
 * however many have much to do, nobody else waits for more than one of them.
 */
export class Turns {
  readonly #turnMs: number;
  readonly #resting: (() => void)[] = [];
  #endsAt: number | undefined;

  constructor(turnMs: number) {
    this.#turnMs = turnMs;
  }

  /** Something to wait for when the turn is over; undefined as long as it is not. */
  pause(): Promise<void> | undefined {
    const now = performance.now();
    return now < (this.#endsAt ?? this.#begin(now)) ? undefined : this.rest();
  }

  /** The next turn, after those of everybody who rests already. */
  rest(): Promise<void> {
    if (this.#endsAt === undefined) this.#begin(performance.now());
    return new Promise((resolve) => this.#resting.push(resolve));
  }

  #begin(now: number): number {
    const endsAt = now + this.#turnMs;
    this.#endsAt = endsAt;
    setImmediate(() => this.#end());
    return endsAt;
  }

  #end(): void {
    this.#endsAt = undefined;
    const next = this.#resting.shift();
    if (next === undefined) return;
    this.#begin(performance.now());
    next();
  }
}

/** There is one thread, so there are one set of turns: a check needs a dozen of them, each with the database in between. */
export const turns = new Turns(4);
