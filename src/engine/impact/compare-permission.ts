import type { ObjectId } from '../../model/names.ts';
import type { SearchableSnapshot } from '../ports.ts';
import { comparePage, type Side } from './compare-page.ts';
import { DifferenceBuilder, type Differences } from './differences.ts';
import type { AffectedPermission } from './find-affected-permissions.ts';
import type { ImpactBudget } from './impact-budget.ts';

/** Who has a permission under one model and not under another, on every object that the store knows. */
export interface ComparedPermission extends AffectedPermission, Differences {
  /** False when the budget ended, or an object was too large, before everything was compared: then all counts are too low. */
  readonly isComplete: boolean;
}

/** One state under two models. */
export interface TwoModels {
  readonly before: SearchableSnapshot;
  readonly after: SearchableSnapshot;
  /** The one before, as if everything had begun: all that is stored and may ever count. */
  readonly begun: SearchableSnapshot;
}

const objectsPerPage = 100;

/** Compares the decisions of the check, without any context but the time, object by object in the order of their ids. */
export async function comparePermission(
  models: TwoModels,
  { type, permission }: AffectedPermission,
  budget: ImpactBudget,
  maxExamples?: number,
): Promise<ComparedPermission> {
  const sideOf = (snapshot: SearchableSnapshot): Side => {
    return { snapshot, relation: snapshot.prepared.model.types.get(type)?.relations.get(permission) };
  };
  const sides = { before: sideOf(models.before), after: sideOf(models.after), states: [models.before] };
  const found = new DifferenceBuilder(models.before, maxExamples);
  let isComplete = true;
  let after: ObjectId | undefined;
  for (;;) {
    const page = await models.before.readObjects(type, after, objectsPerPage);
    const compared = await comparePage(sides, page, budget, found);
    if (compared !== 'complete') isComplete = false;
    if (compared === 'budget spent' || page.length < objectsPerPage) break;
    after = page.at(-1)?.object.id;
  }
  return { type, permission, ...found.finish(), isComplete };
}
