import type { ModelDiff } from '../model/diff-models.ts';
import { findContributions } from '../model/find-contributions.ts';
import { type Model, permissionsOf, type Relation } from '../model/model.ts';
import type { RelationName, TypeName } from '../model/names.ts';

/** A permission that two models may answer differently. */
export interface AffectedPermission {
  readonly type: TypeName;
  readonly permission: RelationName;
}

/**
 * The permissions that a change of the model can change the value of: those that are defined in terms of anything in the
 * diff, however far away, in either model. The value of every other one is the same under both. In the order of names.
 */
export function findAffectedPermissions(before: Model, after: Model, diff: ModelDiff): readonly AffectedPermission[] {
  const changed = new ChangedNames(diff);
  const found = [before, after].flatMap((model) =>
    [...model.types.values()].flatMap((type) =>
      permissionsOf(type).filter((permission) => dependsOn(model, permission, changed)),
    ),
  );
  const unique = new Map(found.map((relation) => [`${relation.type}#${relation.name}`, relation]));
  return [...unique].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { type, name }]) => ({ type, permission: name }));
}

function dependsOn(model: Model, permission: Relation, changed: ChangedNames): boolean {
  const { relations } = findContributions(model, permission, 'all');
  return [...relations, ...throughOf(model, relations)].some((relation) => changed.touches(relation));
}

/** The relations that `from` goes through, also where no parent has the relation that is asked for. */
function throughOf(model: Model, relations: ReadonlySet<Relation>): readonly Relation[] {
  const names = (rewrite: Relation['rewrite']): readonly RelationName[] => {
    if (rewrite.kind === 'from') return [rewrite.through];
    if (rewrite.kind === 'exclusion') return [rewrite.base, rewrite.subtracted].flatMap(names);
    return 'operands' in rewrite ? rewrite.operands.flatMap(names) : [];
  };
  return [...relations].flatMap((relation) =>
    names(relation.rewrite).flatMap((name) => model.types.get(relation.type)?.relations.get(name) ?? []),
  );
}

class ChangedNames {
  readonly #relations = new Map<string, Set<string>>();
  readonly #conditions = new Set<string>();

  constructor(diff: ModelDiff) {
    for (const change of diff) {
      if (change.what === 'condition') this.#conditions.add(change.condition);
      if (change.what !== 'relation') continue;
      const ofType = this.#relations.get(change.type) ?? new Set();
      this.#relations.set(change.type, ofType.add(change.relation));
    }
  }

  touches({ type, name, restrictions }: Relation): boolean {
    if (this.#relations.get(type)?.has(name)) return true;
    return restrictions.some(({ condition }) => condition !== undefined && this.#conditions.has(condition));
  }
}
