import { type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { compileGuard } from './compile-guard.ts';
import { extendedProblems } from './extended-problems.ts';
import type { Guard } from './guard.ts';
import { type CompiledInputs, compileInputs } from './inputs/compile-inputs.ts';
import type { TypeNames } from './model-type-of.ts';
import { onlyKey } from './only-key.ts';
import { directiveName } from './requires-permission.ts';
import { checkRepeatable } from './rules/check-link.ts';
import { type GuardProblem, isWarning } from './rules/guard-problem.ts';
import { guardProblems, ownProblems } from './rules/guard-problems.ts';
import type { Subgraph } from './rules/subgraph.ts';
import { subgraphOfSchema } from './rules/subgraph-of-schema.ts';
import { takersOf } from './rules/takers.ts';
import { readGuards, type WrittenGuard } from './rules/written-guard.ts';
import { typeNamed } from './type-named.ts';

export type AnyField = GraphQLField<unknown, unknown>;

export interface FoundGuards {
  /** All guards of a field, those of its type included; every one is needed. */
  readonly guards: ReadonlyMap<AnyField, readonly Guard[]>;
  /** Those on what callers give to fields. */
  readonly inputs: CompiledInputs;
  /** All that is wrong, in one sentence each. */
  readonly problems: readonly string[];
}

/** Reads and checks the guards of a whole schema. */
export function findGuards(schema: GraphQLSchema, types: TypeNames): FoundGuards {
  const subgraph = subgraphOfSchema(schema);
  const written = writtenProblems(schema, subgraph, types).filter((problem) => !isWarning(problem));
  const problems = [...written.map(sentence), ...extendedProblems(schema), ...unknownTypes(schema, types)];
  const guards = new Map<AnyField, readonly Guard[]>();
  const inputs = problems.length === 0 ? readGuards(subgraph, types).inputs : [];
  if (problems.length === 0) {
    for (const { field, guard, spares } of guardedFieldsOf(schema, subgraph, types)) {
      const compiled = compileGuard(guard, schema);
      guards.set(field, [...(guards.get(field) ?? []), spares === undefined ? compiled : { ...compiled, spares }]);
    }
    if (guards.size === 0 && fieldsTaking(schema, subgraph).length === 0) problems.push(nothingGuarded);
  }
  return { guards, inputs: compileInputs(schema, inputs), problems: [...new Set(problems)] };
}

/** Every field that has to have a guard: by its own directives, by those of its type, or of what it can be given. */
export function fieldsToGuard(
  schema: GraphQLSchema,
): readonly { readonly type: GraphQLObjectType; readonly field: AnyField }[] {
  const subgraph = subgraphOfSchema(schema);
  const found = [...guardedFieldsOf(schema, subgraph, {}), ...fieldsTaking(schema, subgraph)];
  return [...new Map(found.map((one) => [one.field, one])).values()];
}

function fieldsTaking(schema: GraphQLSchema, subgraph: Subgraph) {
  return readGuards(subgraph, {}).inputs.flatMap((guard) =>
    takersOf(guard).flatMap((taker) => {
      const type = typeNamed(schema, taker.type.name);
      const field = isObjectType(type) ? type.getFields()[taker.field.name] : undefined;
      return isObjectType(type) && field !== undefined ? [{ type, field }] : [];
    }),
  );
}

interface GuardedField {
  readonly type: GraphQLObjectType;
  readonly field: AnyField;
  readonly guard: WrittenGuard;
  readonly spares: Guard['spares'];
}

function guardedFieldsOf(schema: GraphQLSchema, subgraph: Subgraph, types: TypeNames): readonly GuardedField[] {
  return readGuards(subgraph, types).guards.flatMap((guard) => {
    const type = typeNamed(schema, guard.type.name);
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field): readonly GuardedField[] => {
      if (guard.field !== undefined) {
        return guard.field.name === field.name ? [{ type, field, guard, spares: undefined }] : [];
      }
      const key = onlyKey(subgraph, guard.type.name, field.name);
      return key === 'always' ? [] : [{ type, field, guard, spares: key }];
    });
  });
}

/** A schema that is no subgraph is composed by nobody. */
function writtenProblems(schema: GraphQLSchema, subgraph: Subgraph, types: TypeNames): readonly GuardProblem[] {
  const isSubgraph = schema.getQueryType()?.getFields()._service !== undefined;
  return isSubgraph ? guardProblems(subgraph, types) : [...checkRepeatable(subgraph), ...ownProblems(subgraph, types)];
}

function sentence({ message, unknown }: GuardProblem): string {
  if (unknown === undefined) return message;
  const known = unknown.known.map((name) => `"${name}"`).join(', ');
  return `${message} There is ${known === '' ? 'nothing to point to' : known}.`;
}

function unknownTypes(schema: GraphQLSchema, types: TypeNames): readonly string[] {
  const unknown = Object.keys(types).filter((name) => !isObjectType(schema.getType(name)));
  return unknown.map((name) => `"${name}" in the option "types" is no object type of the schema; remove it.`);
}

const nothingGuarded = `No field has @${directiveName}; write it in the schema, or see what strips directives from it.`;
