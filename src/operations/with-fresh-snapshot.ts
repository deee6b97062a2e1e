import type { Result } from '../base/result.ts';
import type { FreshnessOptions, SnapshotOptions } from '../engine/ports.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Store } from '../store/store.ts';
import type { ReadState, StoreReader } from '../store/store-reader.ts';
import type { StoreSnapshot } from '../store/store-snapshot.ts';
import { checkFreshness } from './check-freshness.ts';
import type { Postern } from './postern.ts';
import type { Refusal } from './refusal.ts';

/**
 * Answers a question from one snapshot that is as fresh as was wanted; from none that is not. Whoever may ask is decided in it as
 * well: by a state before the token's write, somebody could be told a "no" that is over.
 */
export async function withFreshSnapshot<Answer>(
  { answeredFrom, store: { line } }: Pick<Postern, 'answeredFrom' | 'store'>,
  reader: StoreReader,
  objects: readonly ObjectRef[],
  options: SnapshotOptions,
  answer: (snapshot: StoreSnapshot) => Promise<Result<Answer, Refusal>>,
): Promise<Result<Answer, Refusal>> {
  const answerIfFresh = async (snapshot: StoreSnapshot) => {
    const fresh = await checkFreshness(snapshot, options.consistency, { line, log: snapshot });
    if (!fresh.ok) return fresh;
    answeredFrom?.(snapshot);
    return answer(snapshot);
  };
  return reader.withSnapshot(objects, answerIfFresh, options);
}

/** The same, for what is asked of the database besides what snapshots know; that belongs to the very state of the snapshot. */
export async function withFreshState<Answer>(
  { reader, line }: Pick<Store, 'reader' | 'line'>,
  objects: readonly ObjectRef[],
  { consistency }: FreshnessOptions,
  answer: (snapshot: StoreSnapshot, state: ReadState) => Promise<Result<Answer, Refusal>>,
): Promise<Result<Answer, Refusal>> {
  return reader.withState(async (state) => {
    const snapshot = await state.open(objects);
    const fresh = await checkFreshness(snapshot, consistency, { line, log: snapshot });
    return fresh.ok ? answer(snapshot, state) : fresh;
  });
}
