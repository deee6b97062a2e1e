import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import type { Model, Relation, TypeDefinition } from './model.ts';
import { type Problem, problem } from './problem.ts';
import { visitLeaves } from './rewrite.ts';

/**
 * The roles of a type, in byte order of their names: the relations that are assigned and say who may do something.
 *
 * Every relation that can be assigned is a role, unless it is structure. Structure is a relation that the type names only
 * after `from`, and whose every subject is an object of a type that has a relation which is taken from there:
 * `organization: [organization]` beside `admin from organization`. What is assigned is a role if in doubt, so that nobody
 * who holds something is missed.
 */
export function rolesOf(model: Model, type: TypeDefinition): readonly Relation[] {
  const uses = usesOf(type);
  return [...type.relations.values()]
    .filter((relation) => relation.restrictions.length > 0 && !isStructure(model, uses, relation))
    .toSorted((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)));
}

/** Whether a relation only leads to other objects, and gives nothing to them. */
function isStructure(model: Model, { taken, computed }: Uses, relation: Relation): boolean {
  const names = taken.get(relation.name);
  if (names === undefined || computed.has(relation.name) || isNamedAsSet(model, relation)) return false;
  return relation.restrictions.every((restriction) => {
    const relations = model.types.get(restriction.type)?.relations;
    return restriction.kind === 'object' && names.some((name) => relations?.has(name));
  });
}

/** How the relations of a type use its own relations. */
interface Uses {
  /** What is taken from where a relation leads to: the names before `from`, for each name behind it. */
  readonly taken: ReadonlyMap<string, readonly string[]>;
  /** Those that something is computed from on the same object. */
  readonly computed: ReadonlySet<string>;
}

function usesOf(type: TypeDefinition): Uses {
  const taken = new Map<string, string[]>();
  const computed = new Set<string>();
  for (const { rewrite } of type.relations.values()) {
    visitLeaves(rewrite, (leaf) => {
      if (leaf.kind === 'computed') computed.add(leaf.relation);
      if (leaf.kind !== 'from') return;
      const names = taken.get(leaf.through) ?? [];
      taken.set(leaf.through, names);
      names.push(leaf.relation);
    });
  }
  return { taken, computed };
}

/** A role by its name; a relation that is computed, or structure, is refused by a sentence that says so. */
export function findRole(model: Model, types: readonly TypeDefinition[], name: string): Result<undefined, Problem> {
  const roles = types.flatMap((type) => rolesOf(model, type).map((role) => role.name));
  if (roles.some((role) => role === name)) return ok(undefined);
  const isRelation = types.some((type) => type.relations.has(name));
  const why = isRelation ? 'is not assigned to anybody' : 'does not exist';
  return failed(problem('UNKNOWN_RELATION', `The role ${quote(name)} ${why} here.${didYouMean(name, roles)}`));
}

/** Whether relationships may name it as a subject set: whoever holds it may have rights on any object. */
export function isNamedAsSet(model: Model, relation: Relation): boolean {
  return namedAsSets(model).has(relation);
}

const setsOf = new WeakMap<Model, ReadonlySet<Relation>>();

/** The relations that some definition has as a subject set; found out once for a model. */
function namedAsSets(model: Model): ReadonlySet<Relation> {
  const known = setsOf.get(model);
  if (known !== undefined) return known;
  const sets = new Set<Relation>();
  for (const { relations } of model.types.values()) {
    for (const { restrictions } of relations.values()) {
      for (const one of restrictions) {
        const set = one.kind === 'set' ? model.types.get(one.type)?.relations.get(one.relation) : undefined;
        if (set !== undefined) sets.add(set);
      }
    }
  }
  setsOf.set(model, sets);
  return sets;
}
