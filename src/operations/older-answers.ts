import type { AgedPosition } from '../model/consistency-token.ts';

/** Which states the answers of one request come from, as far as those are older than the request. */
export class OlderAnswers {
  #oldest: AgedPosition | undefined;

  readonly add = (state: AgedPosition): void => {
    if (state.ageMs > (this.#oldest?.ageMs ?? 0)) this.#oldest = state;
  };

  /** Undefined when all of them miss nothing that was there before the request. */
  get oldest(): AgedPosition | undefined {
    return this.#oldest;
  }
}
