import { type CheckAnswer, type CheckRequest, checkInSnapshot } from './check.ts';
import type { Snapshot } from './ports.ts';

/** Checks that are answered in one go: a page of 50 objects with ten permissions each, and some more. */
const partSize = 600;

/**
 * Answers as `checkInSnapshot` does, in parts with a turn for others between them: what is read for a part is looked at in one
 * go, and that takes longer the more there is of it.
 */
export async function checkInParts(snapshot: Snapshot, request: CheckRequest): Promise<CheckAnswer> {
  const { checks, contextual } = request;
  if (checks.length <= partSize) return checkInSnapshot(snapshot, request);
  const answers: CheckAnswer[] = [];
  for (let start = 0; start < checks.length; start += partSize) {
    answers.push(await checkInSnapshot(snapshot, { checks: checks.slice(start, start + partSize), contextual }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    decisions: answers.flatMap(({ decisions }) => decisions),
    revision: snapshot.revision,
    restingOn: (isMeant) =>
      new Set(
        answers.flatMap(({ restingOn }, part) => [...restingOn(isMeant)].map((place) => part * partSize + place)),
      ),
  };
}
