import type { FaultPoint } from '../../../src/base/fault-points.ts';
import type { Operation } from './operations.ts';
import type { Fault } from './planned-faults.ts';

export type Mode = Omit<Fault, 'point' | 'from'>;

const failures: readonly Mode[] = (['fails', 'breaks'] as const).flatMap((kind) =>
  (['before', 'after'] as const).flatMap((moment) =>
    [true, false].map((isLasting): Mode => ({ kind, moment, isLasting })),
  ),
);
const silences: readonly Mode[] = (['before', 'after'] as const).map((moment) => ({
  kind: 'hangs',
  moment,
  isLasting: true,
}));

/** These cannot hang by themselves: whatever they wait for has a clock, which is tried out in its own place. */
const ending: ReadonlySet<FaultPoint> = new Set(['waitForPlace', 'decideBatch', 'readModelText', 'nextChange']);

/** Everything with TEST_FAULTS=all, which takes long; else each point in a few ways, each time in others. */
export const areAll = process.env.TEST_FAULTS === 'all';

const tried = new Map<FaultPoint, number>();
let next = 0;

export function modesFor(point: FaultPoint, operation: Operation): readonly Mode[] {
  if (areAll) return ending.has(point) ? failures : [...failures, ...silences];
  const count = (tried.get(point) ?? 0) + 1;
  tried.set(point, count);
  if (count > triesOfPoint) return [];
  next += 1;
  const mode = failures[next % failures.length];
  // What writes is silent for seconds, so it is not tried here but once.
  const isSilent = operation.isQuick === true && count <= 2 && !ending.has(point);
  const silence = isSilent ? silences[next % 2] : undefined;
  return [mode, silence].filter((one) => one !== undefined);
}

const triesOfPoint = 3;
