import type { ChangePosition } from '../plan/moving-plan.ts';

export function isSamePosition(left: ChangePosition, right: ChangePosition): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
