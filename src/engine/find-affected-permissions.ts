import type { ModelDiff } from '../model/diff-models.ts';
import { findContributions } from '../model/find-contributions.ts';
import { type Model, permissionsOf, type Relation } from '../model/model.ts';
import type { RelationName, TypeName } from '../model/names.ts';
import { visitLeaves } from '../model/rewrite.ts';

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
  const found = [before, after].flatMap((model) => {
    const affected = findAffected(model, changed);
    return [...model.types.values()].flatMap((type) => permissionsOf(type).filter((one) => affected.has(one)));
  });
  const unique = new Map(found.map((relation) => [`${relation.type}#${relation.name}`, relation]));
  return [...unique].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { type, name }]) => ({ type, permission: name }));
}

/** The relations that changed, and all that are defined in terms of one, however far away. */
function findAffected(model: Model, changed: ChangedNames): ReadonlySet<Relation> {
  const relations = [...model.types.values()].flatMap((type) => [...type.relations.values()]);
  const uses = new Map<Relation, Relation[]>(relations.map((relation) => [relation, []]));
  for (const { from, to } of findContributions(model, relations, 'all').contributions) uses.get(from)?.push(to);
  for (const to of relations) for (const through of throughOf(model, to)) uses.get(through)?.push(to);
  const affected = new Set(relations.filter((relation) => changed.touches(relation)));
  for (const relation of affected) for (const user of uses.get(relation) ?? []) affected.add(user);
  return affected;
}

/** The relations that `from` goes through, also where no parent has the relation that is asked for. */
function throughOf(model: Model, { type, rewrite }: Relation): readonly Relation[] {
  const found: Relation[] = [];
  visitLeaves(rewrite, (leaf) => {
    const through = leaf.kind === 'from' ? model.types.get(type)?.relations.get(leaf.through) : undefined;
    if (through !== undefined) found.push(through);
  });
  return found;
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
