import { diffModels, type ModelDiff, type RelationChange } from '../../model/diff-models.ts';
import { type ComparedPermission, comparePermission, type TwoModels } from './compare-permission.ts';
import { type AffectedPermission, findAffectedPermissions } from './find-affected-permissions.ts';
import { findIgnoredRelationships, type IgnoredRelationships } from './find-ignored-relationships.ts';
import type { ImpactBudget } from './impact-budget.ts';

/** What changes from one model to another, and what that means for the relationships of a snapshot. */
export interface ModelComparison {
  readonly diff: ModelDiff;
  /** The affected permissions that were compared, as far as they were, by type and name. */
  readonly permissions: readonly ComparedPermission[];
  /** Relations of which stored relationships are ignored under the later model. */
  readonly ignored: readonly IgnoredRelationships[];
  /** Affected permissions about which nothing or not everything is known, because the budget ended. */
  readonly notCompared: readonly AffectedPermission[];
  readonly isComplete: boolean;
  /** How many checks were made for it. */
  readonly checks: number;
}

/** Compares a snapshot under two models within a budget; what did not fit in it is named. */
export async function compareModels(
  models: TwoModels,
  budget: ImpactBudget,
  maxExamples?: number,
): Promise<ModelComparison> {
  const [before, after] = [models.before.prepared.model, models.after.prepared.model];
  const diff = diffModels(before, after);
  const ignored: IgnoredRelationships[] = [];
  for (const change of diff) {
    if (mayIgnore(change)) ignored.push(await findIgnoredRelationships(models, change, budget));
  }
  const permissions: ComparedPermission[] = [];
  for (const affected of findAffectedPermissions(before, after, diff)) {
    permissions.push(await comparePermission(models, affected, budget, maxExamples));
  }
  const notCompared = permissions.filter(({ isComplete }) => !isComplete);
  return {
    diff,
    permissions,
    ignored: ignored.filter(({ count, isComplete }) => count > 0 || !isComplete),
    notCompared: notCompared.map(({ type, permission }) => ({ type, permission })),
    isComplete: notCompared.length === 0 && ignored.every(({ isComplete }) => isComplete),
    checks: budget.checks,
  };
}

function mayIgnore(change: ModelDiff[number]): change is RelationChange {
  return change.what === 'relation' && change.removedSubjects.length > 0;
}
