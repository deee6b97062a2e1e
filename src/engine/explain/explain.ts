import type { Goal } from '../check/goal.ts';
import type { Meter } from '../meter.ts';
import type { ExplanationStep } from './explanation-step.ts';
import { Obstacles } from './obstacles.ts';
import { findProofCosts } from './proof-costs.ts';
import { Reasons } from './reasons.ts';

/**
 * Why a goal was decided as it was, read from the formulas that decided it.
 *
 * For an allowed goal: the way that uses the fewest relationships. For any other: what stands in its way, as far as anything
 * does; most denials have no reason but that nothing leads to the object.
 */
export async function explainGoal(goal: Goal, meter: Meter): Promise<readonly ExplanationStep[]> {
  const steps: ExplanationStep[] = [];
  const reasons = new Reasons(await findProofCosts(goal.inquiry.found, meter), steps);
  if (goal.decision?.kind === 'allowed') reasons.addHolds(goal, 0);
  else new Obstacles(reasons, steps).add(goal);
  return steps;
}
