import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { assertNever } from '../../base/assert-never.ts';
import { at, type FaultPort } from '../../base/fault-port.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { DeadlineExceeded } from '../../base/with-deadline.ts';
import { zip } from '../../base/zip.ts';
import type { Written } from '../store-writer.ts';
import type { Connections } from './connection-pool.ts';
import type { ModelCache } from './model-cache.ts';
import { isConnectionLost } from './run-inside.ts';
import type { Shapes } from './shapes.ts';
import { type GroupEnd, lockTimeoutMs, RolledBack, writeGroup } from './write-group.ts';
import type { AnyWork, WriteWork } from './write-run.ts';

/** Most writes of one transaction. */
export const writesPerGroup = 32;

export interface WriteQueueOptions {
  /** Whatever could not begin so soon is not begun. */
  readonly withinMs: number;
  /** For so long writes of a group are given their turns. */
  readonly turnsMs: number;
  readonly shapes: Shapes;
  readonly faults?: FaultPort | undefined;
}

type Outcome = Result<Written<unknown>, unknown>;

interface Waiting {
  readonly work: AnyWork;
  readonly isAlone: boolean;
  /** Nobody waits for it after this moment. */
  readonly until: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The writes of one process, one transaction at a time. What comes while one is under way waits, and is then done together: one
 * lock, and one commit, which is what takes the time. Nobody waits for company, and nobody hears of an outcome before it is
 * committed.
 *
 * Where a transaction does not end, as its connection is dead without a word, the next one begins beside it.
 */
export class WriteQueue {
  readonly #connections: Connections;
  readonly #models: ModelCache;
  readonly #options: WriteQueueOptions;
  readonly #waiting: Waiting[] = [];
  #servers = 0;

  constructor(connections: Connections, models: ModelCache, options: WriteQueueOptions) {
    this.#connections = connections;
    this.#models = models;
    this.#options = options;
  }

  run<Value, Problem>(work: WriteWork<Value, Problem>, isAlone: boolean): Promise<Result<Written<Value>, Problem>> {
    return at(this.#options.faults, 'shareCommit', () => this.#run(work, isAlone));
  }

  #run<Value, Problem>(work: WriteWork<Value, Problem>, isAlone: boolean): Promise<Result<Written<Value>, Problem>> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    const until = performance.now() + this.#options.withinMs;
    this.#waiting.push({ work: work as AnyWork, isAlone, until, resolve, reject });
    if (this.#servers === 0) void this.#serve();
    // What comes out is what this work has made.
    return promise as Promise<Result<Written<Value>, Problem>>;
  }

  async #serve(): Promise<void> {
    this.#servers += 1;
    while (this.#waiting.length > 0) {
      const beside = setTimeout(() => this.#serveBeside(), patienceMs);
      await this.#write(this.#take());
      clearTimeout(beside);
    }
    this.#servers -= 1;
  }

  #serveBeside(): void {
    if (this.#servers < mostServers) void this.#serve();
  }

  /** The one that has waited the longest, with all others that can be done together with it. */
  #take(): readonly Waiting[] {
    const [first] = this.#waiting;
    const taken = first?.isAlone === false ? this.#waiting.filter(({ isAlone }) => !isAlone) : [first];
    const group = taken.filter((one) => one !== undefined).slice(0, writesPerGroup);
    for (const one of group) this.#waiting.splice(this.#waiting.indexOf(one), 1);
    return group;
  }

  async #write(some: readonly Waiting[]): Promise<void> {
    const now = performance.now();
    const late = some.filter(({ until }) => until < now);
    for (const { reject } of late) reject(new DeadlineExceeded('There was no turn for a write in time.'));
    const inTime = some.filter(({ until }) => until >= now);
    if (inTime.length > 0) await this.#writeTogether(inTime);
  }

  async #writeTogether(some: readonly Waiting[]): Promise<void> {
    let ends: readonly GroupEnd[];
    try {
      const works = some.map(({ work }) => work);
      ends = await this.#attempt(works, 1);
    } catch (error) {
      if (some.length > 1 && isOfOne(error)) return this.#writeAlone(some);
      for (const { reject } of some) reject(error);
      return;
    }
    const of = Map.groupBy(zip(some, ends), ([one, end]) => settle(one, end));
    const [late = [], alone = []] = [of.get('late'), of.get('left')].map((list) => list?.map(([one]) => one));
    // Before everybody who has come since.
    this.#waiting.unshift(...late);
    await this.#writeAlone(alone);
  }

  async #writeAlone(some: readonly Waiting[]): Promise<void> {
    for (const one of some) await this.#write([one]);
  }

  /**
   * Models are read before the lock: whoever needs another one lets go of it first.
   *
   * What other writes kept from its turn, or the database ended for their sake, left nothing: it is tried again a few times,
   * after a pause that differs from theirs.
   */
  async #attempt(works: readonly AnyWork[], attempt: number): Promise<readonly GroupEnd[]> {
    let isComplete = false;
    try {
      return await this.#models.withModels((models) =>
        this.#connections.transaction('write', '', async (sql) => {
          const { shapes, turnsMs } = this.#options;
          const ends = await writeGroup({ sql, shapes, models }, works, turnsMs);
          isComplete = true;
          return ends;
        }),
      );
    } catch (error) {
      // Nobody knows whether it was committed: to do it again could be to do it twice.
      if (isComplete) throw new NotConfirmed(error);
      if (error instanceof RolledBack) return [{ kind: 'refused', problem: error.problem }];
      if (!isInTheWay(error) || attempt === maxAttempts) throw error;
    }
    await sleep(Math.random() * longestPauseMs * attempt);
    return this.#attempt(works, attempt + 1);
  }
}

/** A commit that was not answered as one. */
class NotConfirmed extends Error {
  constructor(cause: unknown) {
    super('The database did not confirm a commit.', { cause });
  }
}

/** What is still to be done about it. */
function settle({ resolve }: Waiting, end: GroupEnd): 'nothing' | 'left' | 'late' {
  switch (end.kind) {
    case 'done':
      resolve(ok(end.written));
      return 'nothing';
    case 'refused':
      resolve(failed(end.problem));
      return 'nothing';
    case 'left':
    case 'late':
      return end.kind;
    default:
      return assertNever(end);
  }
}

const maxAttempts = 3;
const longestPauseMs = 50;
/** Longer than a transaction waits for the lock and its group has turns. */
const patienceMs = lockTimeoutMs + 500;
const mostServers = 2;

/** Lock timeouts, serialization failures and deadlocks: the transaction is gone, and nothing of it happened. */
export function isInTheWay(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ['55P03', '40001', '40P01'].includes(error.code);
}

/** The database took none of them, and one of them may be why: that is no reason to refuse the others. */
function isOfOne(error: unknown): boolean {
  return error instanceof postgres.PostgresError && !isConnectionLost(error) && !isInTheWay(error);
}
