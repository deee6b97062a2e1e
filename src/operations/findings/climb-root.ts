import type { Check } from '../../engine/check/check.ts';
import { decideWithin } from '../../engine/findings/decide-within.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import { emptyContext } from '../../model/relationship.ts';
import { isSameSubject, type SubjectRef } from '../../model/subject-ref.ts';
import type { GrantRight } from './climb-step.ts';
import type { FindingScope, Grant } from './finding-scope.ts';

/** Grants that are tried, and rights that they are tried on. */
const mostGrants = 20;
const mostRights = 20;

/** The first grant to a subject without which it would have none of its rights to give anything; undefined where there is no such one. */
export async function findRoot(
  { snapshot, grants }: FindingScope,
  subject: SubjectRef,
  rights: readonly GrantRight[],
  budget: ImpactBudget,
): Promise<Grant | undefined> {
  if (rights.length > mostRights) return undefined;
  const own = grants.filter(({ relationship }) => isSameSubject(relationship.subject, subject)).slice(0, mostGrants);
  const checks = own.flatMap(({ edge }) =>
    rights.map(({ object: { object }, permission }): Check => {
      return { subject, object, relation: permission.name, context: emptyContext, without: edge };
    }),
  );
  const decided = await decideWithin(snapshot, checks, budget);
  const size = rights.length;
  return own.find((_, index) => {
    const without = decided?.slice(index * size, (index + 1) * size) ?? [];
    return without.length === size && without.every(([, { kind }]) => kind === 'denied');
  });
}
