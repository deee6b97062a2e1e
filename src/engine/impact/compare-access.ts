import { type Model, permissionsOf, type Relation } from '../../model/model.ts';
import type { TypeName } from '../../model/names.ts';
import type { NamedNode } from '../ports.ts';
import { AccessDifferenceBuilder, type AccessDifferences } from './access-differences.ts';
import { compareEach, type TwoStates } from './compare-each.ts';
import { findAffected } from './find-affected-permissions.ts';
import type { ImpactBudget } from './impact-budget.ts';

export interface AccessComparison extends AccessDifferences {
  /** False when the budget ended, or an object was too large, before everything was compared: then all counts are too low. */
  readonly isComplete: boolean;
}

/**
 * Who may do what on these objects after a write of these relations, and not before, or the other way round: permission by permission,
 * by the decisions of the check without any context but the time.
 */
export async function compareAccess(
  states: TwoStates,
  objects: readonly NamedNode[],
  written: ReadonlySet<Relation>,
  budget: ImpactBudget,
): Promise<AccessComparison> {
  const found = new AccessDifferenceBuilder(states.after);
  const ofType = Map.groupBy(objects, ({ object }) => object.type);
  const affected = affectedPermissions(states.before.prepared.model, ofType.keys(), written);
  const asked = new Map(affected.map((relation) => [relation, ofType.get(relation.type) ?? []]));
  const isComplete = await compareEach(states, asked, budget, ({ name }) => found.of(name));
  return { ...found.finish(), isComplete };
}

/** The permissions of these types that a write of these relations can change, in the order of the types and of the model. */
export function affectedPermissions(
  model: Model,
  types: Iterable<TypeName>,
  written: ReadonlySet<Relation>,
): readonly Relation[] {
  const affected = findAffected(model, (relation) => written.has(relation));
  return [...types].flatMap((name) => {
    const type = model.types.get(name);
    return type === undefined ? [] : permissionsOf(type).filter((permission) => affected.has(permission));
  });
}
