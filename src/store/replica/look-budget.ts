import { NotPlain } from '../../engine/check/plain-run.ts';
import type { Meter } from '../../engine/meter.ts';

/** Looks without a turn for others: some milliseconds. What takes more is read in parts. */
const mostLooks = 20_000;

/** What one excerpt may look at: it is looked at in one go, and somebody pays for it. */
export class LookBudget {
  readonly #meter: Meter;
  #left = mostLooks;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  /** Throws `NotPlain` when it is used up, and what the meter throws. */
  take(looks: number): void {
    if (looks === 0) return;
    this.#left -= looks;
    this.#meter.charge(looks);
    if (this.#left < 0) throw new NotPlain();
  }

  /** The same for looks one by one, which are paid for together at last. */
  *each<Look>(looks: Iterable<Look>): Generator<Look, void, undefined> {
    let taken = 0;
    try {
      for (const look of looks) {
        taken += 1;
        if (taken > this.#left) return;
        yield look;
      }
    } finally {
      this.take(taken);
    }
  }
}
