import type { Check } from '../../engine/check/check.ts';
import { decideAll } from '../../engine/findings/find-holding.ts';
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
 * rest still does. Undefined where there are too many to try.
 */
export async function shortestPath(
  snapshot: StoreSnapshot,
  subject: SubjectRef,
  steps: readonly ClimbStep[],
  target: GrantRight,
): Promise<readonly Relationship[] | undefined> {
  if (steps.length > mostTried) return undefined;
  let kept = steps;
  for (const step of steps.toReversed()) {
    const rest = kept.filter((one) => one !== step);
    if (await leads(snapshot, subject, rest, target)) kept = rest;
  }
  return kept.map(({ relationship }) => relationship);
}

/** Whether each of the steps may be taken after those before it, and all of them lead to the target. */
async function leads(
  snapshot: StoreSnapshot,
  subject: SubjectRef,
  steps: readonly ClimbStep[],
  target: GrantRight,
): Promise<boolean> {
  const trial = new Trial(snapshot, unconstrained);
  for (const [, together] of Map.groupBy(steps, ({ number }) => number)) {
    if (
      !(await hold(
        trial,
        subject,
        together.map(({ right }) => right),
      ))
    )
      return false;
    await trial.relationships.write(
      together.map(({ relationship }) => relationship),
      undefined,
    );
  }
  return hold(trial, subject, [target]);
}

async function hold(trial: Trial<never>, subject: SubjectRef, rights: readonly GrantRight[]): Promise<boolean> {
  const checks = rights.map(({ object: { object }, permission }): Check => {
    return { subject, object, relation: permission.name, context: emptyContext };
  });
  const decisions = await decideAll(trial.states.after, checks);
  return decisions?.every(({ kind }) => kind === 'allowed') === true;
}
