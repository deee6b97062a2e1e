import type { ExcerptReader } from '../excerpt.ts';
import type { FreshnessOptions, SnapshotReader } from '../ports.ts';
import { type CheckAnswer, type CheckRequest, objectsOf } from './check.ts';
import { checkAtOnce } from './check-at-once.ts';
import { checkInParts } from './check-in-parts.ts';
import type { ConditionTest } from './depends-on.ts';

/**
 * Answers all checks of a request from one state: at once where the question is plain, and otherwise in parts. Who depends on a
 * condition that passes `isWatched` is known of the answer in any case; of others it is not.
 */
export async function checkTogether(
  reader: SnapshotReader & ExcerptReader,
  request: CheckRequest,
  isWatched: ConditionTest,
  { consistency }: FreshnessOptions = {},
): Promise<CheckAnswer> {
  const atOnce = await checkAtOnce(reader, () => request, { isWatched, consistency });
  if (atOnce !== undefined) return atOnce;
  return reader.withSnapshot(objectsOf(request), (snapshot) => checkInParts(snapshot, request), { consistency });
}
