import type { ModelDiff } from '../../model/diff-models.ts';
import { type Model, permissionsOf, type Relation } from '../../model/model.ts';
import type { RelationName, TypeName } from '../../model/names.ts';

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
    const affected = findAffected(model, (relation) => changed.touches(relation));
    return [...model.types.values()].flatMap((type) => permissionsOf(type).filter((one) => affected.has(one)));
  });
  const unique = new Map(found.map((relation) => [`${relation.type}#${relation.name}`, relation]));
  return [...unique].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { type, name }]) => ({ type, permission: name }));
}

/** The relations that changed, and all that are defined in terms of one, however far away. */
export function findAffected(
  { relations, graph }: Model,
  isChanged: (relation: Relation) => boolean,
): ReadonlySet<Relation> {
  // What `from` goes through is used like what it leads to.
  const links = new Map<Relation, Relation[]>();
  for (const arc of relations.flatMap((relation) => graph.into(relation))) {
    if (arc.kind !== 'from') continue;
    const uses = links.get(arc.through) ?? [];
    links.set(arc.through, uses);
    if (uses.at(-1) !== arc.to) uses.push(arc.to);
  }
  const affected = new Set(relations.filter(isChanged));
  for (const relation of affected) {
    for (const { to } of graph.outOf(relation)) affected.add(to);
    for (const to of links.get(relation) ?? []) affected.add(to);
  }
  return affected;
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
