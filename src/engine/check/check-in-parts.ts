import { turns } from '../../base/turns.ts';
import type { Snapshot } from '../ports.ts';
import {
  type Check,
  type CheckAnswer,
  type CheckRequest,
  checkAllInSnapshot,
  checkInSnapshot,
  defaultHopLimit,
} from './check.ts';
import { Edges } from './edges.ts';
import type { Goal } from './goal.ts';

/** How many checks are answered in one go: at first, and then as their steps allow. */
interface PartSizes {
  readonly first: number;
  readonly most: number;
}

/** A page of 50 objects with ten permissions each, and some more. */
const ofOneSubject: PartSizes = { first: 600, most: 600 };
/** Those about many subjects share less; but most of them are decided soon, and each part costs statements. */
const ofManySubjects: PartSizes = { first: 250, most: 5_000 };
const leastAtOnce = 20;
/**
 * Steps of a part, as far as those before it tell. All that a part was made of is in memory until its end, and the more is, the
 * longer the whole process stands still when memory is tidied up.
 */
const stepsOfPart = 50_000;

/**
 * Answers as `checkInSnapshot` does, in parts with a turn for others between them. What sets and parents there are is read once
 * for all of them.
 */
export function checkInParts(snapshot: Snapshot, request: CheckRequest): Promise<CheckAnswer> {
  return answerInParts(snapshot, request, checkInSnapshot, ofOneSubject);
}

/** Answers as `checkAllInSnapshot` does, for checks that are about many subjects or states. */
export function checkAllInParts(snapshot: Snapshot, request: CheckRequest): Promise<CheckAnswer> {
  return answerInParts(snapshot, request, checkAllInSnapshot, ofManySubjects);
}

async function answerInParts(
  snapshot: Snapshot,
  { checks, contextual }: CheckRequest,
  answer: typeof checkAllInSnapshot,
  { first, most }: PartSizes,
): Promise<CheckAnswer> {
  const { meter } = snapshot;
  const edges = await Edges.open(snapshot, contextual);
  const parts: CheckAnswer[] = [];
  let size = first;
  for (let start = 0; start < checks.length; ) {
    const part = checks.slice(start, start + size);
    const before = meter.used;
    parts.push(await answer(snapshot, { checks: part, contextual }, defaultHopLimit, edges));
    edges.forgetSubjects();
    start += part.length;
    const fitting = Math.floor((part.length * stepsOfPart) / Math.max(1, meter.used - before));
    size = Math.min(most, Math.max(leastAtOnce, fitting));
    // Also where nothing was counted: what is refused as it stands takes no steps, and time.
    await (meter.pause() ?? turns.rest());
  }
  return {
    decisions: parts.flatMap(({ decisions }) => decisions),
    revision: snapshot.revision,
    dependingOn: (isMeant) => new Set(parts.flatMap(({ dependingOn }) => [...dependingOn(isMeant)])),
    goalsOf: async (asked) => {
      const found = new Map<Check, Goal>();
      for (const { goalsOf } of parts) for (const [check, goal] of await goalsOf(asked)) found.set(check, goal);
      return found;
    },
  };
}
