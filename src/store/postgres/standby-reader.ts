import { TooMuchWaiting, WaitedTooLong } from '../../base/fair-queue.ts';
import type { Excerpt, ExcerptQuery } from '../../engine/excerpt.ts';
import { TooComplex } from '../../engine/meter.ts';
import type { FreshnessOptions, SnapshotOptions } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { CallerGone } from '../lanes.ts';
import { NoModel } from '../no-model.ts';
import type { PublishedModels, ReadState, StoreReader } from '../store-reader.ts';
import type { StoreSnapshot } from '../store-snapshot.ts';
import { UnreadableModel } from '../unreadable-model.ts';
import type { PostgresReader } from './postgres-reader.ts';
import type { Standby } from './standby.ts';

/** A standby, with somebody's way to it. */
export interface StandbyWay {
  readonly standby: Standby;
  readonly reader: PostgresReader;
}

/**
 * Reads from standbys what may be read there, and from the primary the rest: what writes are decided on, and whatever no standby
 * answers, for whatever reason. What a standby answers is no older than what the primary would.
 */
export class StandbyReader implements StoreReader {
  readonly #primary: StoreReader;
  readonly #ways: readonly StandbyWay[];
  #next = 0;

  constructor(primary: StoreReader, ways: readonly StandbyWay[]) {
    this.#primary = primary;
    this.#ways = ways;
  }

  get timeoutMs(): number {
    return this.#primary.timeoutMs;
  }

  withSnapshot<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: StoreSnapshot) => Promise<Answer>,
    options?: SnapshotOptions,
  ): Promise<Answer> {
    return this.#ask((reader) => reader.withSnapshot(objects, use, options));
  }

  withExcerpt<Answer>(
    plan: (prepared: PreparedModel) => ExcerptQuery | undefined,
    use: (excerpt: Excerpt) => Answer | Promise<Answer | undefined> | undefined,
    options?: FreshnessOptions,
  ): Promise<Answer | undefined> {
    return this.#ask((reader) => reader.withExcerpt(plan, use, options));
  }

  withModels<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: StoreSnapshot, models: PublishedModels) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    return this.#primary.withModels(objects, use);
  }

  withState<Answer>(use: (state: ReadState) => Promise<Answer>): Promise<Answer> {
    return this.#primary.withState(use);
  }

  async #ask<Answer>(question: (reader: StoreReader) => Promise<Answer>): Promise<Answer> {
    const way = this.#pick();
    if (way === undefined) return question(this.#primary);
    try {
      return await way.standby.ask(() => question(way.reader).catch(unlessSaid));
    } catch (error) {
      if (error instanceof Said) throw error.cause;
      return question(this.#primary);
    }
  }

  /** Each has its turn, as long as it answers. */
  #pick(): StandbyWay | undefined {
    const ready = this.#ways.filter(({ standby }) => !standby.isResting);
    this.#next += 1;
    return ready[this.#next % Math.max(1, ready.length)];
  }
}

/** What the primary would say as well. */
class Said extends Error {}

function unlessSaid(error: unknown): never {
  const isSaid = answers.some((kind) => error instanceof kind);
  throw isSaid ? new Said('The standby has answered.', { cause: error }) : error;
}

const answers = [TooComplex, NoModel, UnreadableModel, CallerGone, TooMuchWaiting, WaitedTooLong] as const;
