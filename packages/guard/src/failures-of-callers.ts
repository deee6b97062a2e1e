/** Callers whose failures are remembered; the one that failed least lately is forgotten first. */
const mostCallers = 1000;

export interface FailureLimits {
  readonly failures: number;
  readonly coolDownMs: number;
  readonly now: () => number;
}

interface Failures {
  inARow: number;
  /** When one call may try again. */
  nextAt: number;
}

/** Who got no answer lately, and how often in a row. */
export class FailuresOfCallers {
  readonly #limits: FailureLimits;
  readonly #callers = new Map<string, Failures>();

  constructor(limits: FailureLimits) {
    this.#limits = limits;
  }

  /** Whoever is told so once the time is over is the only one for as long again. */
  mayCall(caller: string): boolean {
    const { failures, coolDownMs, now } = this.#limits;
    const known = this.#callers.get(caller);
    if (known === undefined || known.inARow < failures) return true;
    const present = now();
    if (present < known.nextAt) return false;
    known.nextAt = present + coolDownMs;
    return true;
  }

  add(caller: string): void {
    const { coolDownMs, now } = this.#limits;
    const inARow = (this.#callers.get(caller)?.inARow ?? 0) + 1;
    // Last of all: a Map keeps the order of insertion.
    this.#callers.delete(caller);
    this.#callers.set(caller, { inARow, nextAt: now() + coolDownMs });
    const [oldest] = this.#callers.keys();
    if (this.#callers.size > mostCallers && oldest !== undefined) this.#callers.delete(oldest);
  }

  forget(caller: string): void {
    this.#callers.delete(caller);
  }

  forgetAll(): void {
    this.#callers.clear();
  }
}
