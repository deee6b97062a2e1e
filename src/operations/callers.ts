import type { Payer } from '../engine/meter.ts';
import { limits } from '../model/limits.ts';
import type { Caller } from '../store/lanes.ts';

/** Points a second that a caller may use up; see `limits.ts` for what a point is. */
export interface Allowances {
  readonly usual: number;
  readonly service: number;
}

/** What a caller has used up in one place, for the others that serve them too. */
export interface CallerUse {
  readonly name: string;
  readonly points: number;
  /** Whether they have shown that they are a service. */
  readonly isService: boolean;
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
  #untold: UntoldCallers | undefined;

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
    return this.#find(this.#strangers, strangerPrefix + network);
  }

  /** From now on what callers use up is kept until it is taken; `onFirst` runs when there is something to take. */
  keepUse(onFirst: () => void): void {
    this.#untold = new UntoldCallers(onFirst);
  }

  /** What was used up here since it was taken last. */
  takeUse(): readonly CallerUse[] {
    return this.#untold?.take().map((caller) => caller.takeUse()) ?? [];
  }

  /** Takes from allowances what was used up elsewhere. */
  hearOf(uses: readonly CallerUse[]): void {
    for (const use of uses) this.#find(isStranger(use) ? this.#strangers : this.#subjects, use.name).hearOf(use);
  }

  #find(known: Map<string, ServedCaller>, name: string): ServedCaller {
    const caller = known.get(name) ?? new ServedCaller(name, this.#allowances, this.#now, this.#untold?.note);
    // A Map keeps the order of insertion, and every use inserts again: the first is the least recently used.
    known.delete(name);
    known.set(name, caller);
    const [oldest] = known.keys();
    if (known.size > limits.rememberedCallers.most && oldest !== undefined) known.delete(oldest);
    return caller;
  }
}

/** A subject contains no space. */
const strangerPrefix = 'from ';

function isStranger({ name }: CallerUse): boolean {
  return name.startsWith(strangerPrefix);
}

/** One caller: what they use up is taken from their allowance, which grows again with time up to ten seconds' worth. */
export class ServedCaller implements Caller {
  readonly name: string;
  readonly #allowances: Allowances;
  readonly #now: () => number;
  readonly #onUse: ((caller: ServedCaller) => void) | undefined;
  #used = 0;
  #untold = 0;
  #isUntoldService = false;
  #usedAt: number;
  #recognisedUntil = Number.NEGATIVE_INFINITY;
  /** Whether its last write was one that it had the right to. */
  wasEntitled = false;

  constructor(name: string, allowances: Allowances, now: () => number, onUse?: (caller: ServedCaller) => void) {
    this.name = name;
    this.#allowances = allowances;
    this.#now = now;
    this.#onUse = onUse;
    this.#usedAt = now();
  }

  get kind(): 'usual' | 'service' {
    return this.#now() < this.#recognisedUntil ? 'service' : 'usual';
  }

  /** What is only known when it is done is a debt: it counts against what is asked next. */
  readonly payer: Payer = {
    charge: (steps) => this.#use(steps / stepsPerPoint),
  };

  /** Takes points; or takes none and returns the whole seconds after which there will be enough. */
  take(points: number): number {
    this.#regain();
    const rate = this.#allowances[this.kind];
    const missing = this.#used + points - Math.max(rate * burstSeconds, limits.requestPoints.most);
    if (missing > 0) return Math.ceil(missing / rate);
    this.#use(points);
    return 0;
  }

  #use(points: number): void {
    this.#used += points;
    if (this.#onUse === undefined) return;
    if (this.#untold === 0) this.#onUse(this);
    this.#untold += points;
  }

  /** What was used up here since this was asked last. */
  takeUse(): CallerUse {
    const use = { name: this.name, points: this.#untold, isService: this.#isUntoldService };
    this.#untold = 0;
    this.#isUntoldService = false;
    return use;
  }

  /** It was used up elsewhere, where it was paid for: here it only counts. */
  hearOf({ points, isService }: CallerUse): void {
    this.#regain();
    this.#used += points;
    if (isService) this.#recognisedUntil = this.#now() + recognisedMs;
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
    this.#isUntoldService = true;
    this.#onUse?.(this);
  }
}

/** Those who have used something that nobody was told of. */
class UntoldCallers {
  readonly #onFirst: () => void;
  readonly #callers = new Set<ServedCaller>();

  constructor(onFirst: () => void) {
    this.#onFirst = onFirst;
  }

  readonly note = (caller: ServedCaller): void => {
    if (this.#callers.size === 0) this.#onFirst();
    this.#callers.add(caller);
  };

  take(): readonly ServedCaller[] {
    const callers = [...this.#callers];
    this.#callers.clear();
    return callers;
  }
}
