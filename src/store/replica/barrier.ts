import { failed, ok } from '../../base/result.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { NotProven } from './replica-problems.ts';

/** What a question to the store says to one of those who share it. */
export interface Passage<Outcome> {
  readonly outcome: Outcome;
  /** Where its own objects begin among those that were asked about. */
  readonly start: number;
}

interface Waiting<Outcome> {
  readonly objects: readonly ObjectRef[];
  readonly resolve: (passage: Passage<Outcome>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets nobody pass before the store has answered a question that was sent after they came. Whoever comes while one is under way
 * waits for the next, which all of them share: its answer is of a state that has whatever was committed when they came.
 */
export class Barrier<Outcome> {
  readonly #ask: (objects: readonly ObjectRef[]) => Promise<Outcome>;
  #waiting = new Set<Waiting<Outcome>>();
  #named = 0;
  #isUnderWay = false;
  #sentAt: number | undefined;

  constructor(ask: (objects: readonly ObjectRef[]) => Promise<Outcome>) {
    this.#ask = ask;
  }

  /** Of how many objects the next question will ask the numbers. */
  get named(): number {
    return this.#named;
  }

  /** How long the store has been thinking about what it was asked. */
  get underWayMs(): number {
    return this.#sentAt === undefined ? 0 : performance.now() - this.#sentAt;
  }

  /** Throws what the question ends with, and `NotProven` for those who have waited for longer than they want to. */
  pass(objects: readonly ObjectRef[], patienceMs?: number): Promise<Passage<Outcome>> {
    const { promise, resolve, reject } = Promise.withResolvers<Passage<Outcome>>();
    const one = { objects, resolve, reject };
    this.#waiting.add(one);
    this.#named += objects.length;
    if (!this.#isUnderWay) this.#begin();
    return patienceMs === undefined ? promise : this.#orGone(one, promise, patienceMs);
  }

  /** Nothing is asked any more for those who have gone. */
  #orGone(one: Waiting<Outcome>, passage: Promise<Passage<Outcome>>, patienceMs: number): Promise<Passage<Outcome>> {
    const timer = setTimeout(() => {
      if (this.#waiting.delete(one)) this.#named -= one.objects.length;
      one.reject(new NotProven(`The store did not answer within ${patienceMs} ms.`));
    }, patienceMs);
    return passage.finally(() => clearTimeout(timer));
  }

  /** Those who come in the same turn of the thread share the question. */
  #begin(): void {
    this.#isUnderWay = true;
    setImmediate(() => void this.#askOnce());
  }

  async #askOnce(): Promise<void> {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    this.#named = 0;
    this.#sentAt = performance.now();
    const answered = await this.#ask(waiting.flatMap(({ objects }) => objects)).then(ok, failed);
    this.#sentAt = undefined;
    if (this.#waiting.size > 0) this.#begin();
    else this.#isUnderWay = false;
    let start = 0;
    for (const { objects, resolve, reject } of waiting) {
      if (answered.ok) resolve({ outcome: answered.value, start });
      else reject(answered.problem);
      start += objects.length;
    }
  }
}
