import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { failed, ok, type Result } from '../base/result.ts';
import type { Snapshot } from '../engine/ports.ts';
import { RecordedSnapshot } from '../engine/recorded-snapshot.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { SubjectRef } from '../model/subject-ref.ts';
import type { Beginnings } from './beginnings.ts';
import type { ChangeFeed } from './change-feed.ts';
import { HistoryLine } from './history-line.ts';
import type { RevisionPage } from './revision-page.ts';
import type { StoreReader } from './store-reader.ts';
import type { StoreSnapshot } from './store-snapshot.ts';

/** Something that is asked again whenever its answer may have changed. */
export interface WatchedQuestion<Value> {
  /** The same text for the same question: it is then asked once for all. */
  readonly key: string;
  /** Whom it is about. */
  readonly subjects: readonly SubjectRef[];
  /** The objects that its snapshot has to be opened for. */
  readonly objects: readonly ObjectRef[];
  readonly ask: (snapshot: Snapshot) => Promise<WatchedAnswer<Value>>;
}

export interface WatchedAnswer<Value> {
  readonly value: Value;
  /** False where another attempt on the same state could say something else. */
  readonly isCertain: boolean;
}

interface Watch {
  readonly question: WatchedQuestion<unknown>;
  watchers: number;
  /** The last round that asked it. */
  round: number;
  outcome: Result<unknown, unknown> | undefined;
  /** What the last answer rests on, and the state that it is of. */
  rests: RecordedSnapshot | undefined;
  /** When it is asked again in any case, on the clock of `performance`. */
  dueAt: number;
  readonly told: Set<() => void>;
}

/** The longest time without a look at what was written: a wake-up may be lost. Also between two looks at the clock. */
export const recheckMs = 2000;
/** The shortest time between two rounds: what is written meanwhile is seen by one of them. */
const coalesceMs = 200;
/** Of one snapshot. */
const maxObjects = 200;
const changesPerRead = 1000;

/**
 * Keeps the answers of watched questions up to date, for all who watch in this process, on connections of its own.
 *
 * After a wake-up it reads once what was written and what has begun, and asks again only where that touched what an answer rests on,
 * an expiry passed, or a condition looks at the clock; every question once, however many watch it, one after the other, and
 * with a rest after each round that is as long as the round.
 */
export class Watches {
  readonly #reader: StoreReader;
  readonly #changes: ChangeFeed;
  readonly #watches = new Map<string, Watch>();
  #round = 0;
  readonly #line = new HistoryLine();
  /** The state up to which everything was seen; undefined when nothing was asked before. */
  #seen: SeenState | undefined;
  /** When the next relationship begins, on the clock of `performance`. */
  #beginsAt = Number.POSITIVE_INFINITY;
  #isRunning = false;
  #hurry = new AbortController();

  constructor(reader: StoreReader, changes: ChangeFeed) {
    this.#reader = reader;
    this.#changes = changes;
  }

  /** The answer on a state of now, and again after each time it was asked anew; a failure is the last. */
  async *watch<Value>(
    question: WatchedQuestion<Value>,
    signal: AbortSignal,
  ): AsyncGenerator<Result<Value, unknown>, void, undefined> {
    // An answer of a round that has begun already is not one of now.
    let round = this.#round;
    const watch = this.#enter(question);
    try {
      while (!signal.aborted) {
        if (watch.round > round && watch.outcome !== undefined) {
          round = watch.round;
          yield watch.outcome as Result<Value, unknown>;
          if (!watch.outcome.ok) return;
        } else {
          await nextRound(watch, signal);
        }
      }
    } finally {
      watch.watchers -= 1;
      if (watch.watchers === 0) this.#leave(watch);
    }
  }

  #leave({ question }: Watch): void {
    this.#watches.delete(question.key);
    if (this.#watches.size === 0) this.#hurry.abort();
  }

  #enter(question: WatchedQuestion<unknown>): Watch {
    const watch: Watch = this.#watches.get(question.key) ?? {
      question,
      watchers: 0,
      round: 0,
      outcome: undefined,
      rests: undefined,
      dueAt: 0,
      told: new Set(),
    };
    watch.watchers += 1;
    watch.dueAt = 0;
    this.#watches.set(question.key, watch);
    this.#hurry.abort();
    if (!this.#isRunning) void this.#run();
    return watch;
  }

  /** Never rejects: what goes wrong is told to those who watch. */
  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#seen = undefined;
    while (this.#watches.size > 0) {
      this.#hurry = new AbortController();
      const wakeUps = this.#changes.wakeUps;
      const startedAt = performance.now();
      await this.#runRound();
      const { signal } = this.#hurry;
      await pause(Math.max(coalesceMs, performance.now() - startedAt), undefined, { signal }).catch(() => undefined);
      await this.#changes.next(wakeUps, this.#untilNextMs(), signal);
    }
    this.#isRunning = false;
  }

  #untilNextMs(): number {
    const dueAt = Math.min(...[...this.#watches.values()].map((watch) => watch.dueAt));
    return Math.min(recheckMs, Math.max(0, Math.min(dueAt, this.#beginsAt) - performance.now()));
  }

  async #runRound(): Promise<void> {
    const looked = await this.#findConcerned().then(ok, failed);
    this.#round += 1;
    const round = this.#round;
    if (!looked.ok) {
      for (const watch of this.#watches.values()) tell(watch, round, looked);
      return;
    }
    const now = performance.now();
    const due = [...this.#watches.values()].filter(({ dueAt }) => dueAt <= now);
    // Whoever begins to watch from here on waits for the next round.
    for (const watch of due) watch.dueAt = Number.POSITIVE_INFINITY;
    for (const group of inGroups(due)) await this.#askAgain(group, round);
  }

  /** Makes due whatever may have another answer after what was written, and what has begun, since the last look. */
  async #findConcerned(): Promise<void> {
    const seen = this.#seen;
    const { page, beginnings, state } = await this.#reader.withSnapshot([], async (snapshot) => ({
      page: seen === undefined ? nothing : await this.#writtenSince(seen, snapshot),
      beginnings: await snapshot.readBeginnings(seen?.now ?? snapshot.now, changesPerRead),
      state: { revision: snapshot.revision, mark: snapshot.mark, now: snapshot.now },
    }));
    this.#seen = state;
    const untilNextMs = (beginnings.next?.getTime() ?? Number.POSITIVE_INFINITY) - state.now.getTime();
    this.#beginsAt = performance.now() + untilNextMs;
    for (const watch of this.#watches.values()) {
      if (page === undefined || mayDiffer(watch, page) || mayHaveBegun(watch, beginnings)) watch.dueAt = 0;
    }
  }

  /**
   * Undefined where nobody can say: it is not kept any more, or the state is of another history, in which writes are lost that were
   * seen, and others have their revisions.
   */
  async #writtenSince({ revision, mark }: SeenState, snapshot: StoreSnapshot): Promise<RevisionPage | undefined> {
    const kinship = await this.#line.judge(snapshot.mark, mark === undefined ? [] : [mark], snapshot);
    if (kinship !== 'same' || snapshot.revision < revision) return undefined;
    const page = await snapshot.readRevisions(revision, changesPerRead);
    return page.removedTo > revision ? undefined : page;
  }

  async #askAgain(watches: readonly Watch[], round: number): Promise<void> {
    try {
      const objects = watches.flatMap(({ question }) => question.objects);
      await this.#reader.withSnapshot(objects, async (snapshot) => {
        for (const watch of watches) {
          await ask(watch, snapshot, round);
          await nextTurn();
        }
      });
    } catch (error) {
      const open = watches.filter((watch) => watch.round < round);
      // What one question failed of is not the others'.
      if (watches.length > 1) for (const watch of open) await this.#askAgain([watch], round);
      else for (const watch of open) tell(watch, round, failed(error));
    }
  }
}

type SeenState = Pick<StoreSnapshot, 'revision' | 'mark' | 'now'>;

const nothing: RevisionPage = { revisions: [], hasMore: false, removedTo: 0 };

function mayDiffer({ rests }: Watch, { revisions, hasMore }: RevisionPage): boolean {
  if (rests === undefined) return true;
  // So much was written that it is quicker to ask than to look through it.
  if (hasMore) return true;
  return revisions.some(
    ({ revision, activatedModel, changes }) =>
      revision > rests.revision &&
      (activatedModel !== undefined || changes.some((change) => rests.isConcernedBy(change))),
  );
}

function mayHaveBegun({ rests }: Watch, { begun, hasMore }: Beginnings): boolean {
  if (rests === undefined || hasMore) return true;
  return begun.some((one) => one.startsAt > rests.now && rests.isConcernedBy(one));
}

async function ask(watch: Watch, snapshot: StoreSnapshot, round: number): Promise<void> {
  const recorded = new RecordedSnapshot(snapshot, watch.question.subjects);
  const { value, isCertain } = await watch.question.ask(recorded);
  const validMs = isCertain && !recorded.isTimed ? await untilExpiry(recorded, snapshot) : recheckMs;
  watch.rests = recorded;
  // It was made due again if somebody began to watch meanwhile.
  watch.dueAt = Math.min(watch.dueAt, performance.now() + validMs);
  tell(watch, round, ok(value));
}

/** The time until the first of the edges that were read expires. */
async function untilExpiry({ edges, now }: RecordedSnapshot, snapshot: StoreSnapshot): Promise<number> {
  const origins = edges.length === 0 ? [] : await snapshot.readOrigins(edges);
  const expiries = origins.flatMap((origin) => origin?.expiresAt?.getTime() ?? []);
  return expiries.reduce((least, expiry) => Math.min(least, expiry), Number.POSITIVE_INFINITY) - now.getTime();
}

function tell(watch: Watch, round: number, outcome: Result<unknown, unknown>): void {
  watch.round = round;
  watch.outcome = outcome;
  for (const wake of [...watch.told]) wake();
}

async function nextRound(watch: Watch, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const wake = () => {
      watch.told.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    watch.told.add(wake);
    signal.addEventListener('abort', wake);
    if (signal.aborted) wake();
  });
}

/** As many as fit into one snapshot. */
function inGroups(watches: readonly Watch[]): readonly (readonly Watch[])[] {
  const groups: Watch[][] = [];
  let objects = 0;
  for (const watch of watches) {
    objects += watch.question.objects.length;
    if (groups.length === 0 || objects > maxObjects) {
      groups.push([]);
      objects = watch.question.objects.length;
    }
    groups.at(-1)?.push(watch);
  }
  return groups;
}
