import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import type { HistoryPoint } from './history-point.ts';
import type { ProvenState } from './proven-state.ts';

/** When something was, on the two clocks of this process: one that nobody sets, and one that goes on while the machine is asleep. */
export interface Moment {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

export function thisMoment(): Moment {
  return { monotonicMs: performance.now(), wallMs: Date.now() };
}

/**
 * The last state that was proven. It is true of the moment before the question was sent that proved it, and as old as that: when
 * the store looked at its clock and its rows, it was that moment or later.
 */
export class StateAtHand {
  readonly #state: ProvenState;
  readonly #sentAt: Moment;
  readonly #doubtMs: number;

  constructor(state: ProvenState, sentAt: Moment, answeredAt: Moment) {
    this.#state = state;
    this.#sentAt = sentAt;
    this.#doubtMs = answeredAt.monotonicMs - sentAt.monotonicMs;
  }

  isFromBefore({ monotonicMs }: Moment): boolean {
    return this.#sentAt.monotonicMs < monotonicMs;
  }

  get position(): HistoryPoint {
    return this.#state.position;
  }

  /** How old it is at most. For ever, where the clocks do not agree: the machine was asleep, or somebody has set one of them. */
  ageMsAt({ monotonicMs, wallMs }: Moment): number {
    const ageMs = monotonicMs - this.#sentAt.monotonicMs;
    const isDoubtful = Math.abs(wallMs - this.#sentAt.wallMs - ageMs) > agreementMs;
    return isDoubtful ? Number.POSITIVE_INFINITY : ageMs;
  }

  /**
   * The state as somebody sees it now who came at that moment: what had expired by then is not in it, and what had begun is. Its clock is the store's, and
   * never behind it at that moment. By as much as the proof took it may be ahead: see `rightAfterMs`.
   */
  asOf(cameAt: Moment, now: Moment): ProvenState {
    const { view } = this.#state;
    const passedMs = Math.max(0, cameAt.monotonicMs - this.#sentAt.monotonicMs);
    const clock = view.nowMicros + Math.ceil(passedMs * 1000);
    return { ...this.#state, view: view.atClock(clock), ageMs: Math.ceil(this.ageMsAt(now)) };
  }

  /**
   * So long after that moment the clock of the store has come to that of the state, and nothing that begins at a time has begun too
   * early in it. Where no condition asks for the time, and no relationship is to begin, they only end.
   */
  get rightAfterMs(): number {
    const { conditions } = this.#state.model.prepared.model;
    const asksForTime = [...conditions.values()].some(({ parameters }) => parameters.has(currentTimeParameter));
    return asksForTime || this.#state.view.hasMoreToBegin ? this.#doubtMs : 0;
  }
}

/** Both clocks are set right by the network by less than that while a state is of use. */
const agreementMs = 1000;
