import type { AgedPosition } from '../../model/consistency-token.ts';
import type { ExcerptReader, FreshnessOptions, Snapshot, SnapshotReader } from '../ports.ts';
import type { PreparedModel } from '../prepared-model.ts';
import { type CheckAnswer, type CheckRequest, checkInSnapshot, objectsOf } from './check.ts';
import { checkAtOnce, checkAtOnceInSnapshot, unlessTooComplex } from './check-at-once.ts';
import { checkInParts } from './check-in-parts.ts';
import type { ConditionTest } from './depends-on.ts';

export interface TogetherOptions extends FreshnessOptions {
  /** What is asked under the model that decides, where that hangs on it; about the same objects and subjects. */
  readonly under?: ((prepared: PreparedModel) => CheckRequest) | undefined;
}

/**
 * Answers all checks of a request from one state, and says which: at once where the question is plain, and otherwise in parts. Who depends on a
 * condition that passes `isWatched` is known of the answer in any case; of others it is not.
 */
export async function checkTogether(
  reader: SnapshotReader & ExcerptReader,
  request: CheckRequest,
  isWatched: ConditionTest,
  { consistency, under = () => request }: TogetherOptions = {},
): Promise<CheckAnswer & { readonly state: AgedPosition & Pick<Snapshot, 'prepared'> }> {
  const atOnce = await checkAtOnce(reader, under, { isWatched, consistency });
  if (atOnce !== undefined) return atOnce;
  const check = async (snapshot: Snapshot) => {
    const { identity, revision, mark, ageMs, prepared } = snapshot;
    return { ...(await checkInParts(snapshot, under(prepared))), state: { identity, revision, mark, ageMs, prepared } };
  };
  return reader.withSnapshot(objectsOf(request), check, { consistency });
}

/** The same in a snapshot that is open, so that several questions see one state; `otherwise` answers what is not plain. */
export async function checkTogetherInSnapshot(
  snapshot: Snapshot,
  request: CheckRequest,
  isWatched: ConditionTest,
  otherwise: typeof checkInParts = checkInSnapshot,
): Promise<CheckAnswer> {
  const atOnce = await checkAtOnceInSnapshot(snapshot, request, { isWatched }).catch(unlessTooComplex);
  return atOnce ?? otherwise(snapshot, request);
}

/** For questions of which nobody asks what they depend on. */
export const watchingNone: ConditionTest = () => false;
