import type { Decision } from '../model/decision.ts';
import type { Postern } from './postern.ts';

/** Counts decisions, by what they are and why they could not be made. */
export function countDecisions({ metrics }: Pick<Postern, 'metrics'>, decisions: readonly Decision[]): void {
  if (metrics === undefined) return;
  let allowed = 0;
  let denied = 0;
  for (const decision of decisions) {
    if (decision.kind === 'allowed') allowed += 1;
    else if (decision.kind === 'denied') denied += 1;
    else metrics.count('postern_decisions_total', ['undecided', decision.problem.code]);
  }
  if (allowed > 0) metrics.count('postern_decisions_total', ['allow', ''], allowed);
  if (denied > 0) metrics.count('postern_decisions_total', ['deny', ''], denied);
}
