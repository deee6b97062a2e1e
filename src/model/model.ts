import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import type { Condition } from './condition.ts';
import { type ConditionName, isPermissionName, type RelationName, type TypeName } from './names.ts';
import { type Problem, problem } from './problem.ts';
import type { Rewrite } from './rewrite.ts';

/** A linked authorization model; immutable. Made by `linkModel` only: what its definitions name was found once and for all. */
export interface Model {
  readonly types: ReadonlyMap<string, TypeDefinition>;
  /** Those of all types, in the order of the model; the place of each is its number. */
  readonly relations: readonly Relation[];
  readonly graph: RelationGraph;
  readonly conditions: ReadonlyMap<string, Condition>;
  /** Parameters that only the request fills: nobody writes them with a relationship or sends them with a question. */
  readonly runtimeParameters: ReadonlySet<string>;
}

export interface TypeDefinition {
  readonly name: TypeName;
  readonly relations: ReadonlyMap<string, Relation>;
}

export interface Relation {
  readonly type: TypeName;
  readonly name: RelationName;
  /** Its place among the relations of the model: dense, so that a set of relations can be a list of bits. */
  readonly number: number;
  readonly rewrite: Rewrite<Leaf>;
  /** Who can be written for it; empty for a relation that is only computed. */
  readonly restrictions: readonly Restriction[];
}

/**
 * What a relation is computed from.
 *
 * - `direct`: the relationships that are written for it: `[user, team#member]`
 * - `computed`: another relation of the same object: `editor`
 * - `from`: a relation of the objects that a second relation leads to: `viewer from parent`. Of the types of such objects, those
 *   that have the relation have one in `parents`; the others give nothing.
 */
export type Leaf = { readonly kind: 'direct' } | { readonly kind: 'computed'; readonly relation: Relation } | FromLeaf;

export interface FromLeaf {
  readonly kind: 'from';
  readonly name: RelationName;
  readonly through: Relation;
  readonly parents: ReadonlyMap<string, Relation>;
}

/** One entry of `[user, user:*, team#member with in_contract]`; matched exactly, condition included. */
export type Restriction =
  | { readonly kind: 'object'; readonly type: TypeName; readonly condition: ConditionName | undefined }
  | { readonly kind: 'wildcard'; readonly type: TypeName; readonly condition: ConditionName | undefined }
  | {
      readonly kind: 'set';
      readonly type: TypeName;
      readonly relation: RelationName;
      readonly condition: ConditionName | undefined;
    };

/** Whoever holds `from` may hold `to`; or is kept from it, behind `but not`. */
export type Arc = {
  readonly from: Relation;
  readonly to: Relation;
  /** How many `but not` stand before it in the definition of `to`: it gives behind none, and takes away behind one. */
  readonly subtractions: number;
} & (
  | /** Held on the same object. */ { readonly kind: 'computed' }
  /** Held by whoever is in the subject set that `from` is. */
  | { readonly kind: 'set' }
  /** Held on an object that `through` leads to. */
  | { readonly kind: 'from'; readonly through: Relation }
);

/**
 * What the relations of a model are computed from: one graph, of which every question about a model as a whole is a query. It
 * is asked about relations of its own model only, and throws for any other.
 */
export interface RelationGraph {
  /** What a relation is computed from, in the order of its definition. */
  into(to: Relation): readonly Arc[];
  /** What is computed from a relation. */
  outOf(from: Relation): readonly Arc[];
}

/** Whether this very relation is one of the model: another model may have one of the same name, which is another one. */
export function owns({ relations }: Model, relation: Relation): boolean {
  return relations[relation.number] === relation;
}

export function findType(model: Model, name: string): Result<TypeDefinition, Problem> {
  const type = model.types.get(name);
  if (type !== undefined) return ok(type);
  return failed(problem('UNKNOWN_TYPE', `Unknown type ${quote(name)}.${didYouMean(name, model.types.keys())}`));
}

/** Whom a sentence about an unknown name is for: the schema shows permissions to everybody, and roles to nobody. */
export type Audience = 'anybody' | 'administrator';

export function findRelation(
  model: Model,
  typeName: string,
  name: string,
  audience: Audience = 'anybody',
): Result<Relation, Problem> {
  const type = findType(model, typeName);
  if (!type.ok) return type;
  const relation = type.value.relations.get(name);
  if (relation !== undefined) return ok(relation);
  return failed(problem('UNKNOWN_RELATION', unknownRelation(type.value, name, audience)));
}

/** The permissions of a type, in the order of the model. */
export function permissionsOf(type: TypeDefinition): readonly Relation[] {
  return [...type.relations.values()].filter((relation) => isPermissionName(relation.name));
}

function unknownRelation(type: TypeDefinition, name: string, audience: Audience): string {
  const word = isPermissionName(name) ? 'permission' : 'relation';
  const told = audience === 'anybody' ? permissionsOf(type) : type.relations.values();
  const names = Array.from(told, (relation) => relation.name);
  // "edit" is far from "can_edit" by letters, and near by meaning.
  const long = names.find((known) => known === `can_${name}`);
  const near = didYouMean(long ?? name, names);
  return `Unknown ${word} ${quote(name)} on type ${quote(type.name)}.${near}`;
}
