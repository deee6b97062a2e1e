import type { Check } from '../../engine/check/check.ts';
import { decideWithin } from '../../engine/findings/decide-within.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import { emptyContext, type Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { Trial } from '../../store/trial/trial.ts';
import { unconstrained } from '../../store/write-constraint.ts';
import type { ClimbStep, GrantRight } from './climb-step.ts';

/** Steps of which each is tried to be left out. */
const mostTried = 40;

/**
 * Of steps that lead to a permission, those without any of which it would not be reached: each is left out, the last one first, where the
 * rest still does. Undefined where there is too much to try.
 */
export async function shortestPath(
  snapshot: StoreSnapshot,
  subject: SubjectRef,
  steps: readonly ClimbStep[],
  target: GrantRight,
  budget: ImpactBudget,
): Promise<readonly Relationship[] | undefined> {
  if (steps.length > mostTried) return undefined;
  let kept = steps;
  for (const step of steps.toReversed()) {
    const rest = kept.filter((one) => one !== step);
    const isLeading = await leads(snapshot, subject, rest, target, budget);
    if (isLeading === undefined) return undefined;
    if (isLeading) kept = rest;
  }
  return kept.map(({ relationship }) => relationship);
}

/** Whether each of the steps may be taken after those before it, and all of them lead to the target. */
async function leads(
  snapshot: StoreSnapshot,
  subject: SubjectRef,
  steps: readonly ClimbStep[],
  target: GrantRight,
  budget: ImpactBudget,
): Promise<boolean | undefined> {
  const trial = new Trial(snapshot, unconstrained);
  const groups = [...Map.groupBy(steps, ({ number }) => number).values()];
  for (const together of groups) {
    const rights = together.map(({ right }) => right);
    const isEntitled = await hold(trial, subject, rights, budget);
    if (isEntitled !== true) return isEntitled;
    const relationships = together.map(({ relationship }) => relationship);
    await trial.relationships.write(relationships, undefined);
  }
  return hold(trial, subject, [target], budget);
}

/** Undefined where that is not known: the budget has ended. */
async function hold(
  trial: Trial<never>,
  subject: SubjectRef,
  rights: readonly GrantRight[],
  budget: ImpactBudget,
): Promise<boolean | undefined> {
  const checks = rights.map(({ object: { object }, permission }): Check => {
    return { subject, object, relation: permission.name, context: emptyContext };
  });
  const decided = await decideWithin(trial.states.after, checks, budget);
  return decided?.every(([, { kind }]) => kind === 'allowed');
}
