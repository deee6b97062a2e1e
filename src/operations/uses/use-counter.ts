import { setTimeout as pause } from 'node:timers/promises';
import { findCarrying } from '../../engine/explain/find-carrying.ts';
import { Meter } from '../../engine/meter.ts';
import type { UseLog } from '../../store/use-log.ts';
import type { EnforcedChecks } from '../enforced-checks.ts';
import { type Used, UseTally } from './use-tally.ts';

export interface UseCounterOptions {
  readonly log: UseLog;
  /** Told of what was not counted of, and could have been. */
  readonly report: (message: string, error: unknown) => void;
}

/** Checks that wait to be looked at, with all that says why they are allowed; more are not counted. */
const mostWaiting = 5_000;
/** Grants and subjects that are counted until they are told. */
const mostCounted = 50_000;
const toldAtOnce = 1_000;
/** Looking for what carries them takes a fifth of the time at most, in pieces that nobody notices. */
const pieceMs = 2;
const restTimes = 4;

/**
 * Counts what enforced checks rest on, apart from their answers: what is noted is looked at later, and told to the store later still.
 * What it cannot keep up with it does not count, and says so: then nothing is claimed of that time.
 */
export class UseCounter {
  readonly #options: UseCounterOptions;
  #waiting: EnforcedChecks[] = [];
  /** Checks among what waits, and how many pieces were noted and looked at since the start. */
  #size = 0;
  #noted = 0;
  #done = 0;
  #tally = new UseTally(mostCounted);
  #hasLost = false;
  /** Once is enough until the store was told. */
  #hasReported = false;
  #isWorking = false;
  /** Whether it is to be done before the process ends. */
  #isHurried = false;
  #whenDone: (() => void)[] = [];

  constructor(options: UseCounterOptions) {
    this.#options = options;
  }

  /** Returns at once, and never throws. */
  readonly note = (enforced: EnforcedChecks): void => {
    const { length } = enforced.checks;
    if (length === 0) return;
    if (this.#size + length > mostWaiting) {
      this.#hasLost = true;
      return;
    }
    this.#size += length;
    this.#noted += 1;
    this.#waiting.push(enforced);
    if (!this.#isWorking) void this.#work();
  };

  /** Tells the store all that was noted until now; returns when that is done, or throws. */
  async tell(server: number, isLast = false): Promise<void> {
    const askedAt = performance.now();
    this.#isHurried ||= isLast;
    await this.#until(this.#noted);
    const tally = this.#tally;
    this.#tally = new UseTally(mostCounted);
    await this.#addAll(tally);
    const hasLost = this.#hasLost;
    this.#hasLost = false;
    this.#hasReported = false;
    try {
      await this.#options.log.tell(server, { agoMs: performance.now() - askedAt, hasLost, isLast });
    } catch (error) {
      this.#hasLost ||= hasLost;
      throw error;
    }
  }

  /** What could not be told waits for the next time. */
  async #addAll(tally: UseTally): Promise<void> {
    const [grants, subjects] = [tally.grants(), tally.subjects()];
    let told = 0;
    try {
      for (; told < Math.max(grants.length, subjects.length); told += toldAtOnce) {
        const end = told + toldAtOnce;
        await this.#options.log.add(grants.slice(told, end), subjects.slice(told, end));
      }
    } catch (error) {
      for (const { edge, uses } of grants.slice(told)) this.#keep({ subject: undefined, edges: [edge] }, uses);
      for (const { subject, uses } of subjects.slice(told)) this.#keep({ subject, edges: [] }, uses);
      throw error;
    }
  }

  #keep(used: Used, uses?: number): void {
    if (!this.#tally.add(used, uses)) this.#hasLost = true;
  }

  #until(count: number): Promise<void> {
    if (this.#done >= count) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => (this.#done >= count ? resolve() : this.#whenDone.push(look));
      look();
    });
  }

  /** First of all it lets the answer go its way. */
  async #work(): Promise<void> {
    this.#isWorking = true;
    await pause(0, undefined, { ref: false });
    while (this.#waiting.length > 0) {
      const startedAt = performance.now();
      const some = this.#waiting;
      this.#waiting = [];
      let place = 0;
      while (place < some.length && performance.now() - startedAt < pieceMs) {
        await this.#look(some[place]);
        place += 1;
      }
      this.#waiting = [...some.slice(place), ...this.#waiting];
      this.#tellDone();
      if (!this.#isHurried) await pause(restTimes * (performance.now() - startedAt), undefined, { ref: false });
    }
    this.#isWorking = false;
  }

  async #look(enforced: EnforcedChecks | undefined): Promise<void> {
    if (enforced === undefined) return;
    try {
      const goals = await enforced.goalsOf(enforced.checks);
      const carried = await findCarrying(goals, new Meter());
      if (carried.length < enforced.checks.length) this.#hasLost = true;
      for (const one of carried) this.#keep(one);
    } catch (error) {
      this.#hasLost = true;
      if (!this.#hasReported)
        this.#options.report('What an enforced check rests on could not be found; it is not counted.', error);
      this.#hasReported = true;
    } finally {
      this.#size -= enforced.checks.length;
      this.#done += 1;
    }
  }

  #tellDone(): void {
    const all = this.#whenDone;
    this.#whenDone = [];
    for (const look of all) look();
  }
}
