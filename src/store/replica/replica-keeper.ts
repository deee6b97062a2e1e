import { setTimeout as pause } from 'node:timers/promises';
import { failed, ok } from '../../base/result.ts';
import type { ChangeFeed } from '../change-feed.ts';
import type { Replica } from './replica.ts';
import { DoesNotFit } from './replica-problems.ts';

/** Told of what a replica does, in a sentence. */
export type ReplicaReport = (message: string, error?: unknown) => void;

export interface KeeperOptions {
  readonly report: ReplicaReport;
  /** How old a state may be that is answered from; 0 where only the last one is. */
  readonly maxStalenessMs: number;
  /** How long it is not loaded again after it was dropped; twice as long each time that it was dropped soon. */
  readonly beforeReloadMs: number;
}

/** Loads a replica, keeps it near the store also while nobody asks, and loads it again when it was dropped. */
export class ReplicaKeeper {
  readonly #replica: Replica;
  readonly #changes: ChangeFeed;
  readonly #report: ReplicaReport;
  readonly #recheckMs: number;
  readonly #beforeReloadMs: number;
  readonly #ended = new AbortController();
  readonly #running: Promise<void>;
  /** In a row. */
  #failures = 0;

  constructor(replica: Replica, changes: ChangeFeed, { report, maxStalenessMs, beforeReloadMs }: KeeperOptions) {
    this.#replica = replica;
    this.#changes = changes;
    this.#report = report;
    this.#beforeReloadMs = beforeReloadMs;
    // An older state is of use for most of the time that it may be, however the last moment was that somebody asked.
    const shareMs = maxStalenessMs === 0 ? recheckMs : maxStalenessMs * shareOfStaleness;
    this.#recheckMs = Math.max(betweenLooksMs, Math.min(recheckMs, shareMs));
    this.#running = this.#run();
  }

  async end(): Promise<void> {
    this.#ended.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      const restMs = this.#restAfter(await this.#keepOnce().catch((error: unknown) => error));
      await pause(restMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Until the replica is dropped; what for. */
  async #keepOnce(): Promise<unknown> {
    await this.#replica.load();
    const loadedAt = performance.now();
    const megabytes = Math.ceil(this.#replica.bytes / 2 ** 20);
    this.#report(`The replica is loaded, up to revision ${this.#replica.revision}, in ${megabytes} MB.`);
    const { dropped } = this.#replica;
    const signal = AbortSignal.any([this.#ended.signal, dropped]);
    while (!signal.aborted) {
      const seen = this.#changes.wakeUps;
      // That the store does not answer is nothing to drop the replica for: whoever asks asks as well.
      const answered = await this.#replica.follow().then(ok, failed);
      await this.#changes.next(seen, answered.ok ? this.#recheckMs : afterSilenceMs, signal);
      await pause(betweenLooksMs, undefined, { signal }).catch(() => undefined);
    }
    // What is dropped at once each time is not loaded all the time.
    if (performance.now() - loadedAt > longestBeforeReloadMs) this.#failures = 0;
    return dropped.reason;
  }

  #restAfter(error: unknown): number {
    if (this.#ended.signal.aborted) return 0;
    if (error instanceof DoesNotFit) {
      this.#report(`There is no replica: ${error.message} The database answers everything.`);
      return beforeNextFitMs;
    }
    this.#report('The replica was dropped, and is loaded again; the database answers everything until then.', error);
    this.#failures += 1;
    return Math.min(this.#beforeReloadMs * 2 ** (this.#failures - 1), longestBeforeReloadMs);
  }
}

/** A wake-up may be lost; whoever asks brings the replica up to date anyway. */
const recheckMs = 10_000;
/** Looks are so frequent that a state is never this much of the age older that is allowed. */
const shareOfStaleness = 0.1;
const afterSilenceMs = 250;
const betweenLooksMs = 50;
const longestBeforeReloadMs = 60_000;
const beforeNextFitMs = 10 * 60_000;
