import type { Payer } from '../engine/meter.ts';
import { limits } from '../model/limits.ts';
import type { Caller } from '../store/lanes.ts';

/** Points a second that a caller may use up; see `limits.ts` for what a point is. */
export interface Allowances {
  readonly usual: number;
  readonly service: number;
}

/** How long a caller counts as a service after it has used its right to ask about anybody. */
const recognisedMs = 60_000;
/** What somebody may use up at once who has not used anything for a while. */
const burstSeconds = 10;
/** Steps of the engine that count as a point: both take some 20 microseconds of the processor. */
const stepsPerPoint = 50;

/**
 * Everybody who has asked something lately, and what they may use up. Whoever is forgotten has their whole allowance again; it
 * is always the one who has asked nothing for the longest time.
 */
export class Callers {
  readonly #allowances: Allowances;
  readonly #now: () => number;
  readonly #subjects = new Map<string, ServedCaller>();
  readonly #strangers = new Map<string, ServedCaller>();

  constructor(allowances: Allowances, now: () => number = () => performance.now()) {
    this.#allowances = allowances;
    this.#now = now;
  }

  /** Somebody who has proven who they are. */
  of(name: string): ServedCaller {
    return this.#find(this.#subjects, name);
  }

  /**
   * Somebody of whom only a network is known. Anybody can come from many of those, so they are remembered by themselves:
   * nobody's debt is forgotten because of them.
   */
  from(network: string): ServedCaller {
    // A subject contains no space.
    return this.#find(this.#strangers, `from ${network}`);
  }

  #find(known: Map<string, ServedCaller>, name: string): ServedCaller {
    const caller = known.get(name) ?? new ServedCaller(name, this.#allowances, this.#now);
    // A Map keeps the order of insertion, and every use inserts again: the first is the least recently used.
    known.delete(name);
    known.set(name, caller);
    const [oldest] = known.keys();
    if (known.size > limits.rememberedCallers.most && oldest !== undefined) known.delete(oldest);
    return caller;
  }
}

/** One caller: what they use up is taken from their allowance, which grows again with time up to ten seconds' worth. */
export class ServedCaller implements Caller {
  readonly name: string;
  readonly #allowances: Allowances;
  readonly #now: () => number;
  #used = 0;
  #usedAt: number;
  #recognisedUntil = Number.NEGATIVE_INFINITY;
  /** Whether its last write was one that it had the right to. */
  wasEntitled = false;

  constructor(name: string, allowances: Allowances, now: () => number) {
    this.name = name;
    this.#allowances = allowances;
    this.#now = now;
    this.#usedAt = now();
  }

  get kind(): 'usual' | 'service' {
    return this.#now() < this.#recognisedUntil ? 'service' : 'usual';
  }

  /** What is only known when it is done is a debt: it counts against what is asked next. */
  readonly payer: Payer = {
    charge: (steps) => {
      this.#used += steps / stepsPerPoint;
    },
  };

  /** Takes points; or takes none and returns the whole seconds after which there will be enough. */
  take(points: number): number {
    this.#regain();
    const rate = this.#allowances[this.kind];
    const missing = this.#used + points - Math.max(rate * burstSeconds, limits.requestPoints.most);
    if (missing > 0) return Math.ceil(missing / rate);
    this.#used += points;
    return 0;
  }

  /** What came back since it was looked at last: as to a service as long as it was one. */
  #regain(): void {
    const now = this.#now();
    const asService = Math.max(0, Math.min(now, this.#recognisedUntil) - this.#usedAt);
    const asUsual = now - this.#usedAt - asService;
    const back = (asService * this.#allowances.service + asUsual * this.#allowances.usual) / 1000;
    this.#used = Math.max(0, this.#used - back);
    this.#usedAt = now;
  }

  /** It has shown that it may ask about anybody: for a while it has the allowance of a service. */
  recognise(): void {
    this.#regain();
    this.#recognisedUntil = this.#now() + recognisedMs;
  }
}
