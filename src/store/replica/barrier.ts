import { failed, ok } from '../../base/result.ts';
import type { ObjectRef } from '../../model/object-ref.ts';

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
  #waiting: Waiting<Outcome>[] = [];
  #isUnderWay = false;

  constructor(ask: (objects: readonly ObjectRef[]) => Promise<Outcome>) {
    this.#ask = ask;
  }

  pass(objects: readonly ObjectRef[]): Promise<Passage<Outcome>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ objects, resolve, reject });
      if (!this.#isUnderWay) this.#begin();
    });
  }

  /** Those who come in the same turn of the thread share the question. */
  #begin(): void {
    this.#isUnderWay = true;
    setImmediate(() => void this.#askOnce());
  }

  async #askOnce(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const answered = await this.#ask(waiting.flatMap(({ objects }) => objects)).then(ok, failed);
    if (this.#waiting.length > 0) this.#begin();
    else this.#isUnderWay = false;
    let start = 0;
    for (const { objects, resolve, reject } of waiting) {
      if (answered.ok) resolve({ outcome: answered.value, start });
      else reject(answered.problem);
      start += objects.length;
    }
  }
}
