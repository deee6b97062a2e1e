import { type ASTNode, type GraphQLSchema, isObjectType } from 'graphql';
import { openFound } from '../compile-guard.ts';
import { compileThisPointer } from '../compile-this-pointer.ts';
import type { ObjectTemplate } from '../object-template.ts';
import type { Pointer } from '../pointer.ts';
import type { RequiresPermission } from '../requires-permission.ts';
import { coordinateOf, type WrittenGuard } from '../rules/written-guard.ts';
import { typeNamed } from '../type-named.ts';
import type { GuardsOn, Placed } from './input-guards.ts';

/** A guard on something that callers give, ready to be asked in any field that takes it. */
export interface InputGuard extends Placed, Pick<RequiresPermission, 'permission' | 'onDeny'> {
  readonly object: ObjectTemplate;
  /** What `$this` of an argument points to, which is of the object that has the field; of an input's field, it is the input. */
  readonly parent: Pointer | undefined;
}

/** Where guards are in a schema: by their own nodes, which copies of it keep, and by name where they keep none. */
export interface CompiledInputs {
  readonly byNode: ReadonlyMap<ASTNode, InputGuard>;
  readonly byCoordinate: ReadonlyMap<string, readonly InputGuard[]>;
}

/** Of guards in which nothing is wrong; before the schema gets its guards. */
export function compileInputs(schema: GraphQLSchema, written: readonly WrittenGuard[]): CompiledInputs {
  const byNode = new Map<ASTNode, InputGuard>();
  const byCoordinate = new Map<string, readonly InputGuard[]>();
  for (const [order, guard] of written.entries()) {
    const coordinate = nameOf(schema, guard);
    const compiled = compileInput(schema, guard, { coordinate: coordinateOf(guard), order });
    byCoordinate.set(coordinate, [...(byCoordinate.get(coordinate) ?? []), compiled]);
    byNode.set(guard.requirement.node, compiled);
  }
  return { byNode, byCoordinate };
}

function compileInput(schema: GraphQLSchema, guard: WrittenGuard, placed: Placed): InputGuard {
  const { object, requirement, argument } = guard;
  if (object === undefined) throw new Error('A guard without an object is a mistake that was found before.');
  const { permission, onDeny } = requirement;
  const type = typeNamed(schema, guard.type.name);
  const isOfParent = argument !== undefined && object.kind === 'this' && isObjectType(type);
  const open = () => openFound({ permission, type: object.type });
  const parent = isOfParent ? compileThisPointer(type, object.path, open) : undefined;
  return { ...placed, permission, onDeny, object, parent };
}

/** What the schema calls what a guard is on: root types have names of their own in it. */
function nameOf(schema: GraphQLSchema, { type, field, argument }: WrittenGuard): string {
  const name = typeNamed(schema, type.name)?.name ?? type.name;
  return coordinateOf({ type: { ...type, name }, field, argument });
}

/** The guards on an input, as a schema has it that may be a copy. */
export function guardsOn({ byNode, byCoordinate }: CompiledInputs): GuardsOn<InputGuard> {
  return ({ astNode }, coordinate) => {
    const own = (astNode?.directives ?? []).flatMap((node) => byNode.get(node) ?? []);
    return own.length > 0 ? own : (byCoordinate.get(coordinate) ?? []);
  };
}
