import postgres from 'postgres';
import { zip } from '../../base/zip.ts';
import { markOf } from '../../model/history-mark.ts';
import type { Written } from '../store-writer.ts';
import { ChangesMade } from './footprint.ts';
import type { SnapshotPlace } from './postgres-snapshot.ts';
import { saveLedger } from './save-ledger.ts';
import { lockStore, type StoreHead, WriteHead } from './write-head.ts';
import { WriteLedger } from './write-ledger.ts';
import { type AnyWork, type RunEnd, WriteRun } from './write-run.ts';

/** How long a write waits for the transaction before it. */
export const lockTimeoutMs = 1000;
/** For so long writes of a group are given their turns, unless somebody wants it otherwise. */
export const usualTurnsMs = 50;

/** What became of a write in a group, once that is committed. */
export type GroupEnd =
  | { readonly kind: 'done'; readonly written: Written<unknown> }
  | { readonly kind: 'refused'; readonly problem: unknown }
  /** Nothing of it was done, as it took too long to look around or failed: it is to be tried alone. */
  | { readonly kind: 'left' }
  /** Nothing of it was done, as those before it took all of the time. */
  | { readonly kind: 'late' };

/**
 * Does several writes in one transaction, one after the other, as if each had its own: each finds what those before it have
 * left, has a revision and events of its own, and leaves nothing where it is refused.
 *
 * First all of them look around at once, on the state before the group. Then each has its turn, in which it writes; where one
 * before it has changed what it had seen, it begins again. Whatever throws is left for a transaction of its own.
 */
export async function writeGroup(
  { sql, shapes, models }: SnapshotPlace,
  works: readonly AnyWork[],
  turnsMs: number,
): Promise<readonly GroupEnd[]> {
  const before = await lockStore(sql, lockTimeoutMs);
  await shapes.beginWrite(sql, before);
  const group = new WriteGroup({ sql, shapes, models }, before, works.length > 1 ? turnsMs : undefined);
  const runs = await group.lookAround(works);
  const ends: GroupEnd[] = [];
  for (const [work, run] of zip(works, runs)) ends.push(await group.takeTurn(work, run));
  await group.save();
  return ends;
}

class WriteGroup {
  readonly #place: SnapshotPlace;
  readonly #before: StoreHead;
  /** Undefined for one that is alone, which takes as long as it takes. */
  readonly #turnsMs: number | undefined;
  #until = Number.POSITIVE_INFINITY;
  readonly #changed = new ChangesMade();
  readonly #ledger = new WriteLedger();
  #present: StoreHead;

  constructor(place: SnapshotPlace, before: StoreHead, turnsMs: number | undefined) {
    this.#place = place;
    this.#before = before;
    this.#present = before;
    this.#turnsMs = turnsMs;
  }

  /** All run until they wait for their turns, have ended, or have taken too long. */
  async lookAround(works: readonly AnyWork[]): Promise<readonly WriteRun[]> {
    const runs = works.map((work) => this.#begin(work));
    const ready = Promise.all(runs.map(({ whenReady }) => whenReady));
    if (this.#turnsMs === undefined) await ready;
    else {
      await orAfter(ready, this.#turnsMs);
      // From now on, so that the first one has its turn, however long all of them looked around.
      this.#until = performance.now() + this.#turnsMs;
    }
    return runs;
  }

  async takeTurn(work: AnyWork, run: WriteRun): Promise<GroupEnd> {
    if (!run.isReady) return this.#leave(run, 'left');
    if (performance.now() > this.#until) return this.#leave(run, 'late');
    const present = run.seen.isTouchedBy(this.#changed) ? await this.#beginAgain(work, run) : run;
    const head = new WriteHead(this.#present);
    present.giveTurn(head);
    return this.#conclude(present, head, await present.end);
  }

  async save(): Promise<void> {
    const { sql, shapes } = this.#place;
    await saveLedger(sql, this.#ledger, this.#before, this.#present);
    await shapes.endWrite(sql, this.#before, this.#present);
  }

  get #isShared(): boolean {
    return this.#turnsMs !== undefined;
  }

  #begin(work: AnyWork): WriteRun {
    const place = { ...this.#place, before: this.#present, ledger: this.#ledger };
    return new WriteRun({ ...place, isShared: this.#isShared }, work);
  }

  async #beginAgain(work: AnyWork, run: WriteRun): Promise<WriteRun> {
    run.overtake();
    throwIfBroken(await run.end);
    return this.#begin(work);
  }

  #leave(run: WriteRun, kind: 'left' | 'late'): GroupEnd {
    run.overtake();
    return { kind };
  }

  async #conclude(run: WriteRun, head: WriteHead, end: RunEnd): Promise<GroupEnd> {
    throwIfBroken(end);
    if (end.kind !== 'done') {
      if (!this.#isShared) throw end.kind === 'thrown' ? end.error : new RolledBack(end.problem);
      await run.undo();
      return end.kind === 'refused' ? end : { kind: 'left' };
    }
    this.#present = head.after;
    this.#changed.add(run.changed);
    this.#ledger.add(run.ledger);
    const { revision, identity, audit } = this.#present;
    const mark = markOf(audit.length, audit.hash);
    return { kind: 'done', written: { value: end.value, revision, identity, mark } };
  }
}

/** After an error of the database nothing of the transaction is left, whoever asked for it. */
function throwIfBroken(end: RunEnd): void {
  if (end.kind === 'thrown' && end.error instanceof postgres.PostgresError) throw end.error;
}

/** Carries an expected problem of a write that is alone through the driver, whose transactions end only by throwing. */
export class RolledBack extends Error {
  readonly problem: unknown;

  constructor(problem: unknown) {
    super('The write was rolled back.');
    this.problem = problem;
  }
}

async function orAfter(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
