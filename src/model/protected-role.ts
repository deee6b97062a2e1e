import { quote } from '../base/text-problem.ts';
import { noSelfGrantRelation, protectedRolesOf } from './declarations.ts';
import type { ModelFlaw } from './document-problems.ts';
import { findContributions } from './find-contributions.ts';
import type { Arc, Model, Relation, TypeDefinition } from './model.ts';
import type { RelationName } from './names.ts';
import { maxProblems } from './reference-problems.ts';

/** A role that nobody gives to themselves, and what on the same object gives it or keeps it from somebody. */
export interface ProtectedRole {
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

/** The roles of a type in `no_self_grant`, or others of its relations. */
export function findProtectedRoles(
  model: Model,
  type: TypeDefinition,
  names: Iterable<string> = protectedRolesOf(type),
): readonly ProtectedRole[] {
  return [...names].flatMap((name) => {
    const role = type.relations.get(name);
    if (role === undefined) return [];
    const { gives, takes } = findSides(model, role);
    return [{ role: role.name, gives: pathsOf(gives), takes: pathsOf(takes) }];
  });
}

/** What is on one side of a role, on its own object: relations, and the links into them. */
interface Side {
  readonly relations: Set<Relation>;
  readonly links: Paths['links'][number][];
}

/** Behind one "but not" is what takes a role away; behind two of them what takes that away, and so gives it. */
function findSides(model: Model, role: Relation): { readonly gives: Side; readonly takes: Side } {
  const gives: Side = { relations: new Set([role]), links: [] };
  const takes: Side = { relations: new Set(), links: [] };
  const open = [{ relation: role, side: gives }];
  for (const { relation, side } of open) {
    for (const arc of model.graph.into(relation)) {
      const { from, subtractions } = arc;
      const [same, other] = side === gives ? [gives, takes] : [takes, gives];
      const its = subtractions % 2 === 0 ? same : other;
      if (arc.kind === 'from') its.links.push({ through: arc.through.name, relation: from.name });
      if (arc.kind !== 'computed' || its.relations.has(from)) continue;
      its.relations.add(from);
      open.push({ relation: from, side: its });
    }
  }
  return { gives, takes };
}

function pathsOf({ relations, links }: Side): Paths {
  const written = [...relations].flatMap(({ name, restrictions }) => (restrictions.length > 0 ? [name] : []));
  return { relations: new Set(written), links };
}

/**
 * What is wrong with the protected roles of a model: one that comes from another object, or through a set, is only as well
 * protected as that is where it comes from.
 */
export function protectedRoleProblems(model: Model): readonly ModelFlaw[] {
  const types = [...model.types.values()];
  const roles = types.flatMap((type) => protectedRolesOf(type).flatMap((name) => type.relations.get(name) ?? []));
  // Looked through once for all roles: nearly all models have no such problem.
  const all = findContributions(model, roles, 'granting').contributions;
  const covered = onSameObject(roles, all);
  const isOpen = (source: Relation) => source.restrictions.length > 0 && !covered.has(source);
  const open = sourcesOf(covered, all).filter(isOpen);
  if (open.length === 0) return [];
  const reached = reachedFrom(open, all);
  const flaws: ModelFlaw[] = [];
  for (const role of roles) {
    if (flaws.length >= maxProblems) break;
    if (!reached.has(role)) continue;
    const { contributions } = findContributions(model, [role], 'granting');
    const sources = sourcesOf(onSameObject([role], contributions), contributions).filter(isOpen);
    for (const source of sources) flaws.push(openSource(role, source));
  }
  return flaws;
}

/** The relations, and all that are computed from them. */
function reachedFrom(relations: readonly Relation[], contributions: readonly Arc[]): ReadonlySet<Relation> {
  const after = Map.groupBy(contributions, ({ from }) => from);
  const reached = new Set(relations);
  for (const from of reached) for (const { to } of after.get(from) ?? []) reached.add(to);
  return reached;
}

function openSource(role: Relation, source: Relation): ModelFlaw {
  const from = `${quote(source.name)} of the type ${quote(source.type)}`;
  const message = `The role ${quote(role.name)} in "no_self_grant" comes from ${from}, which is not in a "no_self_grant" there: somebody could give it to themselves through that.`;
  return { spot: { kind: 'relation', type: role.type, relation: noSelfGrantRelation }, message };
}

/** The relations of other objects, and the sets, that relations of one object come from, however far away. */
function sourcesOf(own: ReadonlySet<Relation>, contributions: readonly Arc[]): readonly Relation[] {
  const before = Map.groupBy(contributions, ({ to }) => to);
  const sources = new Set(
    contributions.flatMap(({ kind, from, to }) => (kind !== 'computed' && own.has(to) ? [from] : [])),
  );
  for (const source of sources) for (const { from } of before.get(source) ?? []) sources.add(from);
  return [...sources];
}

/** The relations, and those of the same object that they are computed from. */
function onSameObject(relations: readonly Relation[], contributions: readonly Arc[]): ReadonlySet<Relation> {
  const before = Map.groupBy(contributions, ({ to }) => to);
  const found = new Set(relations);
  for (const to of found) {
    for (const { kind, from } of before.get(to) ?? []) if (kind === 'computed') found.add(from);
  }
  return found;
}
