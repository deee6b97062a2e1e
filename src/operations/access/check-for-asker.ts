import { ok, type Result } from '../../base/result.ts';
import type { Check } from '../../engine/check/check.ts';
import type { Consistency } from '../../model/consistency.ts';
import type { Decision } from '../../model/decision.ts';
import type { Viewer } from '../actor.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import { checkPermissions } from './check-permissions.ts';
import { checkViewer } from './check-viewer.ts';
import { isAboutSelf } from './question-context.ts';
import type { Wording } from './wording.ts';

export interface AskerChecks {
  readonly checks: readonly Check[];
  readonly consistency: Consistency;
  readonly wording: Wording | undefined;
}

/**
 * Answers checks for whoever may ask about any subject, and about themselves for everybody: then nothing counts that they send.
 * One decision for each check, all from one snapshot. As of `checkViewer`, an outage may be in the decisions.
 */
export async function checkForAsker(
  postern: Postern,
  asker: Viewer,
  { checks, consistency, wording }: AskerChecks,
): Promise<Result<readonly Decision[], Refusal>> {
  if (checks.length === 0) return ok([]);
  const isOwn = checks.every(({ subject }) => isAboutSelf(asker, subject));
  if (!isOwn || checks.some(({ context }) => context.size > 0)) {
    const input = { checks, contextual: [], consistency, modelId: undefined, wording };
    const answered = await checkPermissions(postern, asker, input);
    if (answered.ok) return ok(answered.value.decisions);
    if (!isOwn || answered.problem.kind !== 'forbidden') return answered;
  }
  const own = checks.map(({ relation, object }) => ({ permission: relation, object }));
  return ok(await checkViewer(postern, asker, own, { consistency, wording }));
}
