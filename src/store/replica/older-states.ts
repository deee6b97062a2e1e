import { setTimeout as pause } from 'node:timers/promises';
import { failed, ok } from '../../base/result.ts';
import { type Consistency, findMissing } from '../../model/consistency.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Passed, Replica } from './replica.ts';
import { NotProven } from './replica-problems.ts';
import { type Moment, thisMoment } from './state-at-hand.ts';

/** As long as the store answers, a question waits for it so long. */
const patienceMs = 250;
/** While it is silent, only a few questions wait at all: one that was sent now shows at once when it is back. */
const patienceInSilenceMs = 50;
const mostWaitingInSilence = 8;

/**
 * Lets questions that allow it pass to the last state that was proven, when the store does not prove a newer one.
 *
 * Such a state is no older than an operator allows, and has what the question wants to see. Whatever cannot be said without the store,
 * such as the number of a name that is not remembered, is not said.
 */
export class OlderStates {
  readonly #replica: Replica;
  readonly #mostMs: number;
  #waitingInSilence = 0;

  /** None is allowed with `mostMs` of 0. */
  constructor(replica: Replica, mostMs: number) {
    this.#replica = replica;
    this.#mostMs = mostMs;
  }

  /** A question that says nothing of it wants to miss nothing. */
  areAllowedFor(consistency: Consistency | undefined): consistency is Consistency {
    return this.#mostMs > 0 && consistency !== undefined && consistency.mode !== 'fullyConsistent';
  }

  /**
   * A proven state or an older one; undefined when the store itself is to be asked. Throws `NotProven` when that would be in vain,
   * and what the store throws.
   */
  async pass(objects: readonly ObjectRef[], consistency: Consistency): Promise<Passed | undefined> {
    const cameAt = thisMoment();
    if (consistency.mode === 'minimizeLatency') {
      const atHand = await this.#older(objects, consistency, cameAt);
      if (atHand !== undefined) return atHand;
    }
    const proven = await this.#proven(objects).then(ok, failed);
    if (proven.ok) return proven.value;
    if (!(proven.problem instanceof NotProven)) throw proven.problem;
    const older = await this.#older(objects, consistency, cameAt);
    if (older === undefined && this.#replica.isHanging) throw proven.problem;
    return older;
  }

  async #proven(objects: readonly ObjectRef[]): Promise<Passed | undefined> {
    if (!this.#replica.isSilent(patienceMs)) return this.#replica.pass(objects, patienceMs);
    if (this.#waitingInSilence >= mostWaitingInSilence) throw new NotProven('The store is silent.');
    this.#waitingInSilence += 1;
    try {
      return await this.#replica.pass(objects, patienceInSilenceMs);
    } finally {
      this.#waitingInSilence -= 1;
    }
  }

  /** Undefined when there is none that is allowed, and may answer. */
  async #older(objects: readonly ObjectRef[], consistency: Consistency, cameAt: Moment): Promise<Passed | undefined> {
    const { atHand, dropped } = this.#replica;
    const nodes = this.#replica.recall(objects);
    if (atHand === undefined || nodes.includes(undefined)) return undefined;
    if (findMissing(atHand.position, consistency) !== undefined) return undefined;
    const restMs = atHand.rightAfterMs - (performance.now() - cameAt.monotonicMs);
    if (restMs > 0) await pause(Math.ceil(restMs));
    const now = thisMoment();
    // It may have turned out meanwhile that its history has ended.
    if (atHand.ageMsAt(now) > this.#mostMs || dropped.aborted) return undefined;
    return { state: atHand.asOf(cameAt, now), nodes, isSilent: this.#replica.isSilent(patienceMs) };
  }
}
