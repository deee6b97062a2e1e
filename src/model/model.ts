import { didYouMean } from '../base/did-you-mean.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import type { Condition } from './condition.ts';
import { type ConditionName, isPermissionName, type RelationName, type TypeName } from './names.ts';
import { type Problem, problem } from './problem.ts';
import type { Rewrite } from './rewrite.ts';

/** A compiled authorization model; immutable. Made by `parseModel` only. */
export interface Model {
  readonly types: ReadonlyMap<string, TypeDefinition>;
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
  readonly rewrite: Rewrite;
  /** Who can be written for it; empty for a relation that is only computed. */
  readonly restrictions: readonly Restriction[];
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
  return `Unknown ${word} ${quote(name)} on type ${quote(type.name)}.${didYouMean(name, names)}`;
}
