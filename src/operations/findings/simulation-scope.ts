import { zip } from '../../base/zip.ts';
import { compareObjects, findContainedOfEach } from '../../engine/review/find-contained-objects.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { distinct } from './authorize-simulation.ts';

/** The objects on which a change is looked at. */
export interface SimulationScope {
  /** What it begins with, each once. */
  readonly starts: readonly ObjectRef[];
  /** In byte order of their types and ids. */
  readonly objects: readonly ObjectRef[];
  /** False where there is more than is looked at. */
  readonly isComplete: boolean;
  /** Whether the change reaches permissions on other objects as well, or too far to be followed. */
  readonly leavesOut: boolean;
  /** Whether an object belongs to the one that the change is looked at within. */
  readonly isWithin: (object: ObjectRef) => boolean;
}

/** Relationships that are followed to find what belongs to them. */
const maxContained = 20_000;

/** The objects that a change is about, and what belongs to them; with one that it is looked at within, what belongs to that as well. */
export async function findSimulationScope(
  snapshot: StoreSnapshot,
  within: ObjectRef | undefined,
  roots: readonly ObjectRef[],
): Promise<SimulationScope> {
  const starts = [...(within === undefined ? [] : [within]), ...roots];
  const found = zip(starts, await findContainedOfEach(snapshot, starts, maxContained));
  const around = found.find(([start]) => start === within)?.[1].objects ?? [];
  const inside = new Set(around.map(formatObjectRef));
  return {
    starts: distinct(starts),
    leavesOut: false,
    objects: distinct(found.flatMap(([, { objects }]) => objects)).toSorted(compareObjects),
    isComplete: found.every(([, { isComplete }]) => isComplete),
    isWithin: (object) => inside.has(formatObjectRef(object)),
  };
}
