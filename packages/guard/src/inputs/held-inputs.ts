import type { GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { openFound } from '../compile-guard.ts';
import type { Guard } from '../guard.ts';
import type { TypeNames } from '../model-type-of.ts';
import { argumentsOf, ownArguments } from '../own-arguments.ts';
import { argsPointer, followIn } from '../pointer.ts';
import { tooManyInputs } from '../postern-error.ts';
import { subgraphOfSchema } from '../rules/subgraph-of-schema.ts';
import { readGuards } from '../rules/written-guard.ts';
import { type CompiledInputs, compileInputs, guardsOn, type InputGuard } from './compile-inputs.ts';
import { type Given, InputGuards, type Spend } from './input-guards.ts';

/** The guards on what callers give, for the fields of a guarded schema and of its copies. */
export interface HeldInputs {
  /** Whether a field can be given anything that is guarded. */
  areTakenBy(type: GraphQLObjectType, name: string): boolean;
  /** What a call is given, with guards for what of it is guarded; `paths` are those of the field's own guards. */
  take<Args>(info: GraphQLResolveInfo, args: Args, paths: readonly (readonly string[])[]): TakenInputs<Args>;
}

export interface TakenInputs<Args> {
  /** Of what guards look at nobody else has a copy. */
  readonly args: Args;
  readonly guards: readonly Guard[];
}

/** The most values that calls of one execution give to what has guards in it; each time that they do. */
const maxValues = 100_000;

export function holdInputs(schema: GraphQLSchema, compiled: CompiledInputs, types: TypeNames): HeldInputs {
  const bySchema = new WeakMap([[schema, new InputGuards(guardsOn(compiled))]]);
  const inputsOf = (used: GraphQLSchema) => {
    const known = bySchema.get(used) ?? guardsInCopy(used, compiled, types);
    bySchema.set(used, known);
    return known;
  };
  const budgets = new WeakMap<object, Budget>();
  return {
    areTakenBy: (type, name) => {
      const field = type.getFields()[name];
      return field !== undefined && inputsOf(schema).within(type.name, field).length > 0;
    },
    take: (info, args, paths) => {
      const type = info.parentType;
      const inputs = inputsOf(info.schema);
      const field = type.getFields()[info.fieldName];
      if (field === undefined) throw new Error(`"${type.name}.${info.fieldName}" is no field of its schema.`);
      const [first] = inputs.within(type.name, field);
      if (first === undefined) return { args: ownArguments(args, paths), guards: [] };
      const taken = inputs.take(type.name, field, args, spendOf(budgets, info));
      if (!taken.isWhole) throw tooManyInputs(maxValues, { permission: first.permission, type: first.object.type });
      const guards = taken.given.map(guardOf);
      return { args: ownArguments(taken.args as typeof args, [...paths, ...argumentsOf(guards)]), guards };
    },
  };
}

/** A copy has the guards of what it was made of, whatever it made of their text, and those that were added to it. */
function guardsInCopy(copy: GraphQLSchema, first: CompiledInputs, types: TypeNames): InputGuards<InputGuard> {
  const written = readGuards(subgraphOfSchema(copy), types).inputs.filter(
    ({ requirement }) => !first.byNode.has(requirement.node),
  );
  const [before, added] = [guardsOn(first), guardsOn(compileInputs(copy, written))];
  return new InputGuards((input, coordinate) => [...before(input, coordinate), ...added(input, coordinate)]);
}

interface Budget {
  left: number;
}

/** As with checks: every execution has an object of its own for its variables. */
function spendOf(budgets: WeakMap<object, Budget>, info: GraphQLResolveInfo): Spend {
  const variables: unknown = info.variableValues;
  const execution = typeof variables === 'object' && variables !== null ? variables : info;
  const budget = budgets.get(execution) ?? { left: maxValues };
  budgets.set(execution, budget);
  return () => {
    budget.left -= 1;
    return budget.left >= 0;
  };
}

/** The guard of one call, about what is in the values that it was given. */
function guardOf({ guard, owners }: Given<InputGuard>): Guard {
  const { permission, onDeny, object, parent } = guard;
  const { type } = object;
  const open = () => openFound({ permission, type });
  const asked = { permission, type, onDeny, argument: undefined };
  if (object.kind === 'literal') return { ...asked, find: () => [object.id] };
  if (object.kind === 'args') return { ...asked, argument: object.path, find: argsPointer(object.path, open) };
  return { ...asked, find: parent ?? (() => followIn(owners, object.path, open())) };
}
