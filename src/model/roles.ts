import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import type { Model, Relation, TypeDefinition } from './model.ts';
import { type Problem, problem } from './problem.ts';

/**
 * The roles of a type, in byte order of their names: the relations that are assigned and say who may do something.
 *
 * Every relation that can be assigned is a role, unless it is structure. Structure is a relation that the type names only
 * after `from`, and whose every subject is an object of a type that has a relation which is taken from there:
 * `organization: [organization]` beside `admin from organization`. What is assigned is a role if in doubt, so that nobody
 * who holds something is missed.
 */
export function rolesOf(model: Model, type: TypeDefinition): readonly Relation[] {
  const uses = usesOf(model, type);
  return [...type.relations.values()]
    .filter((relation) => relation.restrictions.length > 0 && !isStructure(model, uses, relation))
    .toSorted((left, right) => Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)));
}

/** Whether a relation only leads to other objects, and gives nothing to them. */
function isStructure(model: Model, { taken, computed }: Uses, relation: Relation): boolean {
  const types = taken.get(relation);
  if (types === undefined || computed.has(relation) || isNamedAsSet(model, relation)) return false;
  return relation.restrictions.every(({ kind, type }) => kind === 'object' && types.has(type));
}

/** How the relations of a type use its own relations. */
interface Uses {
  /** Of each relation behind `from`: the types of those objects from which something is taken there. */
  readonly taken: ReadonlyMap<Relation, ReadonlySet<string>>;
  /** Those that something is computed from on the same object. */
  readonly computed: ReadonlySet<Relation>;
}

function usesOf({ graph }: Model, type: TypeDefinition): Uses {
  const taken = new Map<Relation, Set<string>>();
  const computed = new Set<Relation>();
  for (const relation of type.relations.values()) {
    for (const arc of graph.into(relation)) {
      if (arc.kind === 'computed') computed.add(arc.from);
      if (arc.kind !== 'from') continue;
      const types = taken.get(arc.through) ?? new Set();
      taken.set(arc.through, types.add(arc.from.type));
    }
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
  return model.graph.outOf(relation).some(({ kind }) => kind === 'set');
}
