import type { Metrics } from '../base/metrics.ts';
import type { Decision } from '../model/decision.ts';
import type { DecidedBatch } from './decided-batch.ts';
import type { Postern } from './postern.ts';

/** Counts what was decided, or could not be and why, and tells whoever wants to know. */
export function tellDecisions(
  { metrics, onDecided, door }: Pick<Postern, 'metrics' | 'onDecided' | 'door'>,
  batch: Omit<DecidedBatch, 'door'>,
): void {
  if (metrics !== undefined) countDecisions(metrics, batch.decisions);
  onDecided?.({ ...batch, door });
}

function countDecisions(metrics: Metrics, decisions: readonly Decision[]): void {
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
