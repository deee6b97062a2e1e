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
  const assignable = [...type.relations.values()].filter(({ restrictions }) => restrictions.length > 0);
  return assignable
    .filter((relation) => !isStructure(model, type, relation))
    .toSorted((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)));
}

/** Whether a relation only leads to other objects, and gives nothing to them. */
export function isStructure(model: Model, type: TypeDefinition, relation: Relation): boolean {
  const taken = new Set<string>();
  let isComputedFrom = false;
  for (const { rewrite } of type.relations.values()) {
    visitLeaves(rewrite, (leaf) => {
      if (leaf.kind === 'from' && leaf.through === relation.name) taken.add(leaf.relation);
      if (leaf.kind === 'computed' && leaf.relation === relation.name) isComputedFrom = true;
    });
  }
  if (taken.size === 0 || isComputedFrom || isNamedAsSet(model, relation)) return false;
  return relation.restrictions.every((restriction) => {
    const relations = model.types.get(restriction.type)?.relations;
    return restriction.kind === 'object' && [...taken].some((name) => relations?.has(name));
  });
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
  return [...model.types.values()].some(({ relations }) =>
    [...relations.values()].some(({ restrictions }) =>
      restrictions.some((one) => one.kind === 'set' && one.type === relation.type && one.relation === relation.name),
    ),
  );
}
