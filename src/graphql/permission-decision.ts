import type { Decision } from '../model/decision.ts';

/** A decision as clients see it: only `allowed` allows, and what is undecided says why. */
export function permissionDecision(decision: Decision) {
  return { allowed: decision.kind === 'allowed', error: decision.kind === 'undecided' ? decision.problem : null };
}
