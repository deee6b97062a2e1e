import { quote } from '../base/text-problem.ts';
import { guardedRolesOf, noSelfGrantRelation } from './declarations.ts';
import { type Contribution, findContributions } from './find-contributions.ts';
import type { Model, Relation, TypeDefinition } from './model.ts';
import type { RelationName } from './names.ts';

/** A role that nobody gives to themselves, and the relations of the same object that it can be given by. */
export interface GuardedRole {
  readonly role: RelationName;
  /** Whoever is written for one of these has the role, as far as nothing else takes it away. */
  readonly givenBy: ReadonlySet<string>;
  /**
   * What is written or deleted here can give the role to somebody whom it does not name: through a set or a link, or
   * because it stood in the way. Empty for a role that is nothing but what is written for it.
   */
  readonly changedBy: ReadonlySet<string>;
}

/** The roles of a type in `no_self_grant`. */
export function findGuardedRoles(model: Model, type: TypeDefinition): readonly GuardedRole[] {
  return guardedRolesOf(type).flatMap((name) => {
    const role = type.relations.get(name);
    return role === undefined ? [] : [guardedRoleOf(model, role)];
  });
}

function guardedRoleOf(model: Model, role: Relation): GuardedRole {
  const giving = onSameObject(role, findContributions(model, role, 'granting').contributions);
  const { contributions } = findContributions(model, role, 'all');
  const touching = onSameObject(role, contributions);
  const links = contributions.flatMap((one) => (one.kind === 'from' && touching.has(one.to) ? [one.through] : []));
  const isPlain = touching.size === 1 && links.length === 0;
  return {
    role: role.name,
    givenBy: namesOf(giving),
    changedBy: isPlain ? new Set() : namesOf([...touching, ...links]),
  };
}

/**
 * What is wrong with the guarded roles of a model: one that comes from another object, or through a set, is only as well
 * guarded as that is where it comes from.
 */
export function guardedRoleProblems(
  model: Model,
): readonly { readonly relation: Relation; readonly message: string }[] {
  const types = [...model.types.values()];
  const guarded = new Set(
    types.flatMap((type) => guardedRolesOf(type).flatMap((name) => type.relations.get(name) ?? [])),
  );
  return types.flatMap((type) => {
    const declared = type.relations.get(noSelfGrantRelation);
    return guardedRolesOf(type).flatMap((name) => {
      const role = type.relations.get(name);
      if (role === undefined || declared === undefined) return [];
      const open = sourcesOf(model, role).filter((source) => source.restrictions.length > 0 && !guarded.has(source));
      return open.map((source) => ({ relation: declared, message: openSource(role, source) }));
    });
  });
}

function openSource(role: Relation, source: Relation): string {
  const from = `${quote(source.name)} of the type ${quote(source.type)}`;
  return `The role ${quote(role.name)} in "no_self_grant" comes from ${from}, which is not in a "no_self_grant" there: somebody could give it to themselves through that.`;
}

/** The relations of other objects, and the sets, that a role comes from. */
function sourcesOf(model: Model, role: Relation): readonly Relation[] {
  const { contributions } = findContributions(model, role, 'granting');
  const own = onSameObject(role, contributions);
  const sources = new Set(
    contributions.flatMap(({ kind, from, to }) => (kind !== 'computed' && own.has(to) ? [from] : [])),
  );
  for (const source of sources) {
    for (const { from, to } of contributions) if (to === source) sources.add(from);
  }
  return [...sources];
}

/** The relation, and those of the same object that it is computed from. */
function onSameObject(relation: Relation, contributions: readonly Contribution[]): ReadonlySet<Relation> {
  const found = new Set([relation]);
  for (const to of found) {
    for (const one of contributions) if (one.kind === 'computed' && one.to === to) found.add(one.from);
  }
  return found;
}

/** Of those that can be written. */
function namesOf(relations: Iterable<Relation>): ReadonlySet<string> {
  return new Set([...relations].flatMap(({ name, restrictions }) => (restrictions.length > 0 ? [name] : [])));
}
