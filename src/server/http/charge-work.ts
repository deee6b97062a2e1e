import type { Problem } from '../../model/problem.ts';
import type { ServedCaller } from '../../operations/callers.ts';
import type { Pass, WorkKind } from '../../operations/gate.ts';
import { overloadedProblem, tooManyRequestsProblem } from '../../operations/problem-of-failure.ts';

/** What a request turned out to ask. */
export interface ChargedWork {
  readonly pass: Pass | undefined;
  readonly work: WorkKind;
  readonly points: number;
  readonly caller: ServedCaller;
}

/** Waits for room where it takes more than a request does anyway, and pays; the problem is why nothing may be done for it. */
export async function chargeWork({ pass, work, points, caller }: ChargedWork): Promise<Problem | undefined> {
  const isHeavy = points > pointsPerWeight;
  const needsRoom = isHeavy || (pass !== undefined && pass.kind !== work);
  if (needsRoom && pass !== undefined && !(await pass.moveTo(work, 1 + points / pointsPerWeight))) {
    return overloadedProblem;
  }
  const waitSeconds = caller.take(points);
  return waitSeconds > 0 ? tooManyRequestsProblem(waitSeconds) : undefined;
}

/** A hundred checks take about a millisecond. */
const pointsPerWeight = 100;
