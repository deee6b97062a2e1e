import type { Model, Relation } from '../../model/model.ts';
import { permissionsOf } from '../../model/model.ts';
import type { TypeName } from '../../model/names.ts';
import type { NamedNode, SearchableSnapshot } from '../ports.ts';
import { AccessDifferenceBuilder, type AccessDifferences } from './access-differences.ts';
import { comparePage } from './compare-page.ts';
import { findAffected } from './find-affected-permissions.ts';
import type { ImpactBudget } from './impact-budget.ts';

/** A state, and the same after a write; both give the same nodes to the same objects. */
export interface TwoStates {
  readonly before: SearchableSnapshot;
  readonly after: SearchableSnapshot;
}

export interface AccessComparison extends AccessDifferences {
  /** False when the budget ended, or an object was too large, before everything was compared: then all counts are too low. */
  readonly isComplete: boolean;
}

const objectsPerPage = 100;

/**
 * Who may do what on these objects after a write of these relations, and not before, or the other way round: permission by permission,
 * by the decisions of the check without any context but the time.
 */
export async function compareAccess(
  { before, after }: TwoStates,
  objects: readonly NamedNode[],
  written: ReadonlySet<Relation>,
  budget: ImpactBudget,
): Promise<AccessComparison> {
  const found = new AccessDifferenceBuilder(after);
  let isComplete = true;
  const ofType = Map.groupBy(objects, ({ object }) => object.type);
  for (const relation of affectedPermissions(before.prepared.model, ofType.keys(), written)) {
    const all = ofType.get(relation.type) ?? [];
    for (let start = 0; start < all.length; start += objectsPerPage) {
      const sides = {
        before: { snapshot: before, relation },
        after: { snapshot: after, relation },
        states: [before, after],
      };
      const page = all.slice(start, start + objectsPerPage);
      const compared = await comparePage(sides, page, budget, found.of(relation.name));
      if (compared === 'budget spent') return { ...found.finish(), isComplete: false };
      if (compared !== 'complete') isComplete = false;
    }
  }
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
