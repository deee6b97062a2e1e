import type { GraphQLSchema } from 'graphql';
import { type Input, InputGuards, type Placed } from '../inputs/input-guards.ts';
import type { ObjectTemplate } from '../object-template.ts';
import { type RequiresPermission, readRequiresPermission } from '../requires-permission.ts';

/** A guard on something that callers give, whose object is known from what they give. */
export interface EarlyInputGuard extends Placed, Pick<RequiresPermission, 'permission'> {
  readonly object: ObjectTemplate;
  readonly onDeny: 'ERROR' | 'NULL';
}

const known = new WeakMap<GraphQLSchema, InputGuards<EarlyInputGuard>>();

/** The guards on arguments, fields of inputs and values of enums that can be decided before anything runs. */
export function inputGuardsOf(schema: GraphQLSchema): InputGuards<EarlyInputGuard> {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const guards = new InputGuards(readGuardsOn());
  known.set(schema, guards);
  return guards;
}

function readGuardsOn(): (input: Input, coordinate: string) => readonly EarlyInputGuard[] {
  const read = new Map<Input, readonly EarlyInputGuard[]>();
  return (input, coordinate) => {
    const before = read.get(input);
    if (before !== undefined) return before;
    const written = readRequiresPermission(input.astNode?.directives);
    const guards = written.flatMap((guard, order) => (guard.ok ? early(guard.value, { coordinate, order }) : []));
    read.set(input, guards);
    return guards;
  };
}

/** Of an argument, `$this` is the object that has the field, of which nothing is known yet; of an input's field, it is the input. */
function early({ permission, object, onDeny }: RequiresPermission, placed: Placed): readonly EarlyInputGuard[] {
  if (object === undefined || onDeny === 'FILTER') return [];
  const isOnArgument = placed.coordinate.endsWith(':)');
  return object.kind === 'this' && isOnArgument ? [] : [{ ...placed, permission, object, onDeny }];
}
