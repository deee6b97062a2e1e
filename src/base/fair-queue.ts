import { at, type FaultPort } from './fault-port.ts';
import { DeadlineExceeded, withDeadline } from './with-deadline.ts';

/** How much of a queue one caller may have. */
export interface Share {
  readonly atOnce: number;
  readonly waiting: number;
}

/** How long work may wait for its place, and have it. */
export interface QueueTimes {
  /** For others, once its own share has room for it. */
  readonly forOthersMs: number;
  /** From its turn to its answer. */
  readonly answerMs: number;
  /** For what has waited, from its coming to its answer, or from when something moved here last: nobody waits in vain twice. */
  readonly inVainMs: number;
  /** For all of what its caller has before it. */
  readonly forOwnMs: number;
}

/** A caller has as much waiting as one may have: its own doing, and nobody else's. */
export class TooMuchWaiting extends Error {}

/** Places became free in time, but it was the turn of others. */
export class WaitedTooLong extends Error {}

/**
 * Places for work that others wait for, in turns: whoever was served last is served after everybody else who waits, however
 * much it has waiting. What waits too long for others is refused while there is time left to say so; what waits for its own
 * caller's work is not late for that, since that is what one after the other means.
 */
export class FairQueue {
  readonly #places: number;
  readonly #times: QueueTimes;
  readonly #faults: FaultPort | undefined;
  /** Who has something running or waiting, in the order of their turns. */
  readonly #lines = new Map<string, Line>();
  #taken = 0;
  #done = 0;
  /** When something was done last, or failed so soon that it was for no silence. */
  #movedAt = Number.NEGATIVE_INFINITY;

  constructor(places: number, times: QueueTimes, faults?: FaultPort) {
    this.#places = places;
    this.#times = times;
    this.#faults = faults;
  }

  /**
   * Does the work when it is its turn, and gives its outcome, or `DeadlineExceeded` when it takes too long from then on. The
   * place is taken until the work has ended, however it ends, and whoever has given it up.
   */
  async run<Value>(caller: string, share: Share, work: () => Promise<Value>, what: string): Promise<Value> {
    const line = this.#lines.get(caller) ?? { running: 0, waiting: [], timer: undefined };
    this.#lines.set(caller, line);
    let answerMs = this.#times.answerMs;
    // Whoever could be served already has been: to come now is not to come before those who wait.
    if (this.#taken < this.#places && line.running < share.atOnce) this.#take(caller, line);
    else {
      const cameAt = performance.now();
      await this.#waitForTurn(caller, line, share, cameAt);
      answerMs = this.#leftMs(cameAt);
    }
    return withDeadline(this.#do(caller, line, work), answerMs, what);
  }

  /** What is left to answer in, of what came then and has waited. */
  #leftMs(cameAt: number): number {
    const inVainMs = performance.now() - Math.max(cameAt, this.#movedAt);
    return Math.max(0, Math.min(this.#times.answerMs, this.#times.inVainMs - inVainMs));
  }

  async #do<Value>(caller: string, line: Line, work: () => Promise<Value>): Promise<Value> {
    const beganAt = performance.now();
    let isDone = false;
    try {
      const value = await work();
      this.#done += 1;
      isDone = true;
      return value;
    } finally {
      const now = performance.now();
      if (isDone || now - beganAt < this.#times.answerMs / 2) this.#movedAt = now;
      this.#leave(caller, line);
    }
  }

  #take(caller: string, line: Line): void {
    this.#taken += 1;
    line.running += 1;
    this.#time(caller, line);
  }

  #leave(caller: string, line: Line): void {
    this.#taken -= 1;
    line.running -= 1;
    this.#time(caller, line);
    this.#serveNext();
  }

  /** Has a place when it returns, and none when it throws: what goes wrong after its turn has come must not keep the place for ever. */
  async #waitForTurn(caller: string, line: Line, share: Share, cameAt: number): Promise<void> {
    let isServed = false;
    const wait = async () => {
      await this.#wait(caller, line, share, cameAt);
      isServed = true;
    };
    try {
      await at(this.#faults, 'waitForPlace', wait);
    } catch (error) {
      if (isServed) this.#leave(caller, line);
      throw error;
    }
  }

  #wait(caller: string, line: Line, share: Share, cameAt: number): Promise<void> {
    if (line.waiting.length >= share.waiting) throw new TooMuchWaiting('A caller has too much waiting.');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const endless = setTimeout(() => {
      line.waiting = line.waiting.filter((other) => other !== one);
      this.#time(caller, line);
      reject(new TooMuchWaiting(`A caller's own work left no place within ${this.#times.forOwnMs} ms.`));
    }, this.#times.forOwnMs);
    const one: Waiting = { share, cameAt, serve: resolve, refuse: reject, endless };
    line.waiting.push(one);
    if (line.waiting.length === 1) this.#time(caller, line);
    return promise;
  }

  /** Whenever something of a caller begins, ends or is first: what may go on for so long until the next such moment. */
  #time(caller: string, line: Line): void {
    clearTimeout(line.timer);
    const [first] = line.waiting;
    if (first === undefined) {
      if (line.running === 0) this.#lines.delete(caller);
      return;
    }
    const done = this.#done;
    const forOthers = line.running < first.share.atOnce;
    const leftMs = this.#leftMs(first.cameAt);
    const ms = forOthers ? Math.min(this.#times.forOthersMs, leftMs) : leftMs;
    line.timer = setTimeout(() => this.#giveUp(caller, line, ms, forOthers && done !== this.#done), ms);
  }

  /**
   * Where the first is not served, those behind it are not. Where nothing at all was done meanwhile, or what has its place does
   * not end when it must, there is not too much to do: it does not work.
   */
  #giveUp(caller: string, line: Line, ms: number, isBusy: boolean): void {
    for (const { refuse, endless } of line.waiting.splice(0)) {
      clearTimeout(endless);
      if (isBusy) refuse(new WaitedTooLong(`It was the turn of others for ${ms} ms.`));
      else refuse(new DeadlineExceeded(`What was before it did not end within ${ms} ms.`));
    }
    this.#time(caller, line);
  }

  #serveNext(): void {
    for (const [caller, line] of this.#lines) {
      const [first] = line.waiting;
      if (this.#taken >= this.#places) return;
      if (first === undefined || line.running >= first.share.atOnce) continue;
      line.waiting.shift();
      clearTimeout(first.endless);
      // After everybody else; a Map keeps the order of insertion.
      this.#lines.delete(caller);
      this.#lines.set(caller, line);
      this.#take(caller, line);
      first.serve();
    }
  }
}

/** What one caller has in the queue. */
interface Line {
  running: number;
  waiting: Waiting[];
  timer: NodeJS.Timeout | undefined;
}

interface Waiting {
  readonly share: Share;
  readonly cameAt: number;
  readonly serve: () => void;
  readonly refuse: (error: Error) => void;
  readonly endless: NodeJS.Timeout;
}
