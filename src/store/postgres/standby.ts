import { setTimeout as pause } from 'node:timers/promises';
import { withDeadline } from '../../base/with-deadline.ts';
import { type Lanes, openLanes, poolSizesOf } from '../lanes.ts';
import { type ConnectOptions, connectStandby } from './connect.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { ExcerptLine } from './excerpt-line.ts';
import { KnownNodes } from './known-nodes.ts';
import { NotCaughtUp } from './primary-point.ts';
import type { PrimaryReach } from './primary-reach.ts';

/** A copy of the primary that questions are read from. One that is behind, gone or silent has a rest, and then one question tries it. */
export class Standby {
  readonly pool: ConnectionPool;
  readonly excerpts: ExcerptLine;
  readonly lanes: Lanes;
  readonly #patienceMs: number;
  /** How many questions it has answered, and how many it left to the primary. */
  readonly count = { answered: 0, left: 0 };
  #restsUntil = 0;
  #failures = 0;

  constructor(url: string, options: ConnectOptions, reach: PrimaryReach) {
    const readMs = options.statementTimeoutMs;
    this.pool = connectStandby(url, options);
    this.excerpts = new ExcerptLine(this.pool, new KnownNodes(), options.faults, () => reach.last);
    this.lanes = openLanes(poolSizesOf(options.connections), { readMs, writeMs: readMs });
    // There must be time left to ask the primary instead.
    this.#patienceMs = readMs / 3;
  }

  get isResting(): boolean {
    return performance.now() < this.#restsUntil;
  }

  /** What it answers, perhaps a moment later than it was asked; throws what keeps it from that. */
  async ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const isTrial = this.#failures > 0;
    // Nobody else tries it meanwhile.
    if (isTrial) this.#restsUntil = performance.now() + this.#patienceMs;
    try {
      const answer = await withDeadline(askUntilThere(question), this.#patienceMs, 'A read of a standby');
      this.#failures = 0;
      this.#restsUntil = 0;
      this.count.answered += 1;
      return answer;
    } catch (error) {
      this.#failures += 1;
      this.count.left += 1;
      const restMs =
        error instanceof NotCaughtUp ? afterBehindMs : afterFailureMs * 2 ** Math.min(this.#failures - 1, 5);
      this.#restsUntil = performance.now() + restMs;
      throw error;
    }
  }
}

/** Most standbys are behind by less than that. */
async function askUntilThere<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof NotCaughtUp) || performance.now() - startedAt > patienceWhenBehindMs) throw error;
    }
    await pause(betweenTriesMs);
  }
}

const patienceWhenBehindMs = 25;
const betweenTriesMs = 2;
const afterBehindMs = 100;
const afterFailureMs = 500;
