import { type ConstDirectiveNode, type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import { compileGuard, type ObjectType, type Place } from './compile-guard.ts';
import { directivesOf, type EntityKeys, readEntityKeys } from './entity-keys.ts';
import type { Guard } from './guard.ts';
import { linkProblems } from './link-problems.ts';
import { misplacedProblems } from './misplaced.ts';
import type { TypeNames } from './model-type-of.ts';
import { directiveName, type RequiresPermission, readRequiresPermission } from './requires-permission.ts';
import type { Result } from './result.ts';

export type AnyField = GraphQLField<unknown, unknown>;

export interface FoundGuards {
  /** All guards of a field, those of its type included; every one is needed. */
  readonly guards: ReadonlyMap<AnyField, readonly Guard[]>;
  /** All that is wrong, in one sentence each. */
  readonly problems: readonly string[];
}

/** Federation's own fields: what they lead to has guards of its own, and composition asks them without a token. */
const federationFields: ReadonlySet<string> = new Set(['_service', '_entities']);

/** Reads and checks the guards of a whole schema. */
export function findGuards(schema: GraphQLSchema, types: TypeNames): FoundGuards {
  const keys = readEntityKeys(schema);
  const guards = new Map<AnyField, readonly Guard[]>();
  const problems = [...linkProblems(schema), ...misplacedProblems(schema), ...unknownTypes(schema, types)];
  for (const parent of Object.values(schema.getTypeMap())) {
    if (!isObjectType(parent) || parent.name.startsWith('__')) continue;
    for (const { field, found } of guardsOfType(schema, parent, keys, types)) {
      problems.push(...found.flatMap((one) => (one.ok ? [] : [one.problem])));
      const usable = found.flatMap((one) => (one.ok ? [one.value] : []));
      if (usable.length > 0) guards.set(field, usable);
    }
  }
  if (guards.size === 0 && problems.length === 0) problems.push(nothingGuarded);
  return { guards, problems: [...new Set(problems)] };
}

/** Every field that has to have a guard: by its own directives, or by those of its type. */
export function fieldsToGuard(
  schema: GraphQLSchema,
): readonly { readonly type: ObjectType; readonly field: AnyField }[] {
  const keys = readEntityKeys(schema);
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => {
      const keyFields = keys.fieldsOf(type);
      const isWhole = readRequiresPermission(directivesOf(type)).length > 0;
      const isExempt = ({ name }: AnyField) => keyFields.has(name) || federationFields.has(name);
      const fields = Object.values(type.getFields());
      return fields
        .filter(
          (field) => (isWhole && !isExempt(field)) || readRequiresPermission(field.astNode?.directives).length > 0,
        )
        .map((field) => ({ type, field }));
    });
}

interface OfField {
  readonly field: AnyField;
  readonly found: readonly Result<Guard>[];
}

function guardsOfType(
  schema: GraphQLSchema,
  parent: ObjectType,
  keys: EntityKeys,
  types: TypeNames,
): readonly OfField[] {
  const keyFields = keys.fieldsOf(parent);
  const onType = directivesOf(parent);
  return Object.values(parent.getFields()).map((field) => {
    const onField = field.astNode?.directives ?? [];
    const coordinate = `${parent.name}.${field.name}`;
    const place = { schema, keys, types, parent, field };
    const isExempt = keyFields.has(field.name) || federationFields.has(field.name);
    const typeGuards = isExempt ? [] : compileAll(onType, parent.name, { ...place, onType: true });
    const fieldGuards = compileAll(onField, coordinate, { ...place, onType: false });
    const found = [...typeGuards, ...fieldGuards];
    const isGuardedKey = keyFields.has(field.name) && fieldGuards.length > 0;
    return { field, found: isGuardedKey ? [...found, guardedKey(coordinate)] : found };
  });
}

function compileAll(directives: readonly ConstDirectiveNode[], coordinate: string, place: Place) {
  return readRequiresPermission(directives).map((written) => at(coordinate, compileRead(written, place)));
}

function compileRead(written: Result<RequiresPermission>, place: Place): Result<Guard> {
  return written.ok ? compileGuard(written.value, place) : written;
}

function at(coordinate: string, result: Result<Guard>): Result<Guard> {
  return result.ok ? result : { ok: false, problem: `${coordinate}: ${result.problem}` };
}

function guardedKey(coordinate: string): Result<never> {
  const problem = `${coordinate}: a key is how the supergraph joins, so it cannot be guarded; guard the other fields.`;
  return { ok: false, problem };
}

function unknownTypes(schema: GraphQLSchema, types: TypeNames): readonly string[] {
  const unknown = Object.keys(types).filter((name) => !isObjectType(schema.getType(name)));
  return unknown.map((name) => `"${name}" in the option "types" is no object type of the schema; remove it.`);
}

const nothingGuarded = `No field has @${directiveName}; write it in the schema, or see what strips directives from it.`;
