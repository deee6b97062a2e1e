import { at } from '../../base/fault-port.ts';
import type { Check } from '../../engine/check/check.ts';
import { checkTogether } from '../../engine/check/check-together.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { type Consistency, usualConsistency } from '../../model/consistency.ts';
import { type Decision, undecided } from '../../model/decision.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { emptyContext } from '../../model/relationship.ts';
import type { Viewer } from '../actor.ts';
import { isBreakGlass, readsOf, recordBreakGlassReads } from '../break-glass.ts';
import { findStaleness } from '../check-freshness.ts';
import type { DecidedBatch } from '../decided-batch.ts';
import type { Postern } from '../postern.ts';
import { problemOfFailure } from '../problem-of-failure.ts';
import { tellDecisions } from '../tell-decisions.ts';
import { inWordsOf, type Wording } from './wording.ts';

export interface ViewerCheck {
  readonly permission: string;
  readonly object: ObjectRef;
}

/**
 * What the viewer may do: all checks from one snapshot; never throws, and no failure is ever an answer. What is allowed by
 * break-glass is in the audit log before anybody hears of it.
 */
export async function checkViewer(
  postern: Postern,
  viewer: Viewer,
  checks: readonly ViewerCheck[],
  consistency: Consistency = usualConsistency,
  wording?: Wording,
): Promise<readonly Decision[]> {
  const { subject, context: facts } = viewer;
  const startedAt = performance.now();
  let asked: readonly Check[] = checks.map(({ permission, object }): Check => {
    return { subject, relation: permission, object, context: emptyContext, facts };
  });
  const tell = (decisions: readonly Decision[], state?: DecidedBatch['state']) =>
    tellDecisions(postern, { actor: viewer, checks: asked, decisions, state, startedAt });
  const decideNothing = (problem: Problem) => {
    const decision = undecided(problem);
    const decisions = asked.map(() => decision);
    tell(decisions);
    return decisions;
  };
  try {
    const request = { checks: asked, contextual: [] };
    const reader = postern.store.checkReader(checks.length);
    const under =
      wording &&
      (({ model }: PreparedModel) => {
        asked = inWordsOf(model, request.checks, wording);
        return { ...request, checks: asked };
      });
    const decide = () => checkTogether(reader, request, isBreakGlass, { consistency, under });
    const answer = await at(postern.faults, 'decideBatch', decide);
    const stale = await findStaleness(answer.state, consistency, { line: postern.store.line, log: postern.store });
    if (stale !== undefined) return decideNothing(stale);
    postern.answeredFrom?.(answer.state);
    await recordBreakGlassReads(postern, viewer, readsOf(answer.dependingOn(isBreakGlass)));
    tell(answer.decisions, answer.state);
    return answer.decisions;
  } catch (error) {
    return decideNothing(problemOfFailure(postern, 'Permissions of a viewer could not be checked.', error));
  }
}
