import { quote } from '../base/text-problem.ts';
import { guardedRolesOf, noSelfGrantRelation } from './declarations.ts';
import { type Contribution, findContributions } from './find-contributions.ts';
import type { Model, Relation, TypeDefinition } from './model.ts';
import type { RelationName } from './names.ts';

/** A role that nobody gives to themselves, and what on the same object gives it or keeps it from somebody. */
export interface GuardedRole {
  readonly role: RelationName;
  readonly gives: Paths;
  readonly takes: Paths;
}

/** How subjects come to be in a part of a rewrite. */
export interface Paths {
  /** Relations of the same object: whoever is written for one, or is in a set that is. */
  readonly relations: ReadonlySet<string>;
  /** Links to other objects: whoever holds `relation` there. */
  readonly links: readonly { readonly through: string; readonly relation: string }[];
}

/** The roles of a type in `no_self_grant`. */
export function findGuardedRoles(model: Model, type: TypeDefinition): readonly GuardedRole[] {
  return guardedRolesOf(type).flatMap((name) => {
    const role = type.relations.get(name);
    if (role === undefined) return [];
    const granting = findContributions(model, role, 'granting').contributions;
    const all = findContributions(model, role, 'all').contributions;
    const subtracted = all.filter((one) => !granting.some((other) => isSame(one, other)));
    const own = onSameObject([role], all);
    const taken = subtracted.flatMap(({ kind, from, to }) => (kind === 'computed' && own.has(to) ? [from] : []));
    const takenLinks = linksOf(own, subtracted);
    const takes = pathsOf(onSameObject(taken, all), all);
    const gives = pathsOf(onSameObject([role], granting), granting);
    return [{ role: role.name, gives, takes: { ...takes, links: [...takes.links, ...takenLinks] } }];
  });
}

function isSame(one: Contribution, other: Contribution): boolean {
  const through = (contribution: Contribution) => (contribution.kind === 'from' ? contribution.through : undefined);
  return one.kind === other.kind && one.from === other.from && one.to === other.to && through(one) === through(other);
}

/** Relations of one object, and what leads to them. */
function pathsOf(relations: ReadonlySet<Relation>, contributions: readonly Contribution[]): Paths {
  const written = [...relations].flatMap(({ name, restrictions }) => (restrictions.length > 0 ? [name] : []));
  return { relations: new Set(written), links: linksOf(relations, contributions) };
}

function linksOf(relations: ReadonlySet<Relation>, contributions: readonly Contribution[]): Paths['links'] {
  return contributions.flatMap((one) =>
    one.kind === 'from' && relations.has(one.to) ? [{ through: one.through.name, relation: one.from.name }] : [],
  );
}

/**
 * What is wrong with the guarded roles of a model: one that comes from another object, or through a set, is only as well
 * guarded as that is where it comes from.
 */
export function guardedRoleProblems(
  model: Model,
): readonly { readonly relation: Relation; readonly message: string }[] {
  const types = [...model.types.values()];
  const roles = types.flatMap((type) => guardedRolesOf(type).flatMap((name) => type.relations.get(name) ?? []));
  const guarded = new Set(
    roles.flatMap((role) => [...onSameObject([role], findContributions(model, role, 'granting').contributions)]),
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
  const own = onSameObject([role], contributions);
  const sources = new Set(
    contributions.flatMap(({ kind, from, to }) => (kind !== 'computed' && own.has(to) ? [from] : [])),
  );
  for (const source of sources) {
    for (const { from, to } of contributions) if (to === source) sources.add(from);
  }
  return [...sources];
}

/** The relations, and those of the same object that they are computed from. */
function onSameObject(relations: readonly Relation[], contributions: readonly Contribution[]): ReadonlySet<Relation> {
  const found = new Set(relations);
  for (const to of found) {
    for (const one of contributions) if (one.kind === 'computed' && one.to === to) found.add(one.from);
  }
  return found;
}
