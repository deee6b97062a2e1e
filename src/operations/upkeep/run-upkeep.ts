import { setTimeout as pause } from 'node:timers/promises';
import { ok } from '../../base/result.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { Retention, Upkeep } from '../../store/upkeep.ts';
import { unconstrained } from '../../store/write-constraint.ts';
import type { Actor } from '../actor.ts';
import type { Postern } from '../postern.ts';
import { auditRecordOf } from '../record-denied.ts';
import { recordOf } from '../relationship-record.ts';
import { announceRemoval } from './announce-removal.ts';

/** How much of what was removed. */
export interface UpkeepReport {
  readonly expired: number;
  readonly outcomes: number;
  readonly changes: number;
  /** Audit events. */
  readonly events: number;
  /** Numbers of what was used on a day. */
  readonly uses: number;
}

/** Nobody asked for it. */
const upkeep: Actor = { kind: 'console', command: 'upkeep' };

/** Relationships that are removed in one write: others wait for it. */
const mostPerWrite = 200;
/** A month more than findings ask about. */
const keptUseDays = 396;
/** Rest after each piece, in times of what the piece took: it never takes more than a tenth of what there is. */
const restTimes = 9;

/**
 * Removes what is not needed any more: relationships that have expired, with an audit event that names them, outcomes of keyed writes,
 * changes that nobody may ask for any more, and the oldest audit events, which the log says itself. It goes through the store once, piece by piece, and rests after each; several
 * servers may do it at the same time, and it may end anywhere.
 */
export async function runUpkeep(
  postern: Postern,
  store: Upkeep,
  retention: Retention,
  signal: AbortSignal,
): Promise<UpkeepReport> {
  const { expiredMs, outcomesMs, changesMs, auditMs } = retention;
  return {
    expired: Number.isFinite(expiredMs) ? await removeExpired(postern, store, expiredMs, signal) : 0,
    outcomes: Number.isFinite(outcomesMs) ? await removeOutcomes(store, outcomesMs, signal) : 0,
    changes: Number.isFinite(changesMs) ? await removeChanges(store, changesMs, signal) : 0,
    events: Number.isFinite(auditMs) ? await removeEvents(postern, store, retention, signal) : 0,
    uses: await repeated(() => postern.store.uses.removeOld(keptUseDays), signal),
  };
}

async function removeExpired(postern: Postern, store: Upkeep, expiredMs: number, signal: AbortSignal): Promise<number> {
  let removed = 0;
  let piece = await rested(() => store.findExpired(expiredMs, undefined), signal);
  for (;;) {
    for (let from = 0; from < piece.expired.length && !signal.aborted; from += mostPerWrite) {
      const some = piece.expired.slice(from, from + mostPerWrite);
      removed += await rested(() => removeSome(postern, some, expiredMs), signal);
    }
    const { next } = piece;
    if (next === undefined || signal.aborted) return removed;
    piece = await rested(() => store.findExpired(expiredMs, next), signal);
  }
}

/** Those that are still there and still expired: one may have been written again. */
async function removeSome(postern: Postern, some: readonly Relationship[], expiredMs: number): Promise<number> {
  const written = await postern.store.writer.write(
    unconstrained,
    async ({ relationships, audit }) => {
      const gone = await relationships.removeExpired(some, expiredMs);
      if (gone.length > 0) {
        const who = auditRecordOf(upkeep, { action: 'removeExpiredRelationships', reason: undefined });
        await audit.record({ ...who, outcome: 'done', before: gone.map(recordOf), after: [] });
      }
      return ok(gone.length);
    },
    'large',
  );
  return written.ok ? written.value.value : 0;
}

async function removeOutcomes(store: Upkeep, outcomesMs: number, signal: AbortSignal): Promise<number> {
  let piece = await rested(() => store.removeOutcomes(outcomesMs, undefined), signal);
  let { removed } = piece;
  while (piece.next !== undefined && !signal.aborted) {
    const { next } = piece;
    piece = await rested(() => store.removeOutcomes(outcomesMs, next), signal);
    removed += piece.removed;
  }
  return removed;
}

function removeChanges(store: Upkeep, changesMs: number, signal: AbortSignal): Promise<number> {
  return repeated(() => store.removeChanges(changesMs), signal);
}

/** First what was said to be removed when the work ended early. */
async function removeEvents(
  postern: Postern,
  store: Upkeep,
  retention: Retention,
  signal: AbortSignal,
): Promise<number> {
  const left = await repeated(() => store.removeEvents(), signal);
  if (signal.aborted || !(await rested(() => announceRemoval(postern, store, retention), signal))) return left;
  return left + (await repeated(() => store.removeEvents(), signal));
}

/** Until there is nothing more to remove. */
async function repeated(removePiece: () => Promise<number>, signal: AbortSignal): Promise<number> {
  let sum = 0;
  while (!signal.aborted) {
    const removed = await rested(removePiece, signal);
    if (removed === 0) break;
    sum += removed;
  }
  return sum;
}

async function rested<Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
  const startedAt = performance.now();
  const value = await work();
  await pause(restTimes * (performance.now() - startedAt), undefined, { signal }).catch(() => undefined);
  return value;
}
