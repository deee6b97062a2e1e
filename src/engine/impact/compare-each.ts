import type { Relation } from '../../model/model.ts';
import type { NamedNode, SearchableSnapshot } from '../ports.ts';
import { comparePage, type FoundDecisions } from './compare-page.ts';
import type { ImpactBudget } from './impact-budget.ts';

/** A state, and the same after a write; both give the same nodes to the same objects. */
export interface TwoStates {
  readonly before: SearchableSnapshot;
  readonly after: SearchableSnapshot;
}

/** Permissions, each on the objects that it is asked about; in the order in which they are compared. */
export type AskedPermissions = ReadonlyMap<Relation, readonly NamedNode[]>;

const objectsPerPage = 100;

/**
 * Decides these permissions before and after a write, for everybody, by the check without any context but the time. False when the
 * budget ended, or an object was too large, before everything was compared.
 */
export async function compareEach(
  { before, after }: TwoStates,
  asked: AskedPermissions,
  budget: ImpactBudget,
  foundOf: (permission: Relation) => FoundDecisions,
): Promise<boolean> {
  let isComplete = true;
  for (const [relation, all] of asked) {
    const sides = {
      before: { snapshot: before, relation },
      after: { snapshot: after, relation },
      states: [before, after],
    };
    for (let start = 0; start < all.length; start += objectsPerPage) {
      const page = all.slice(start, start + objectsPerPage);
      const compared = await comparePage(sides, page, budget, foundOf(relation));
      if (compared === 'budget spent') return false;
      if (compared !== 'complete') isComplete = false;
    }
  }
  return isComplete;
}
