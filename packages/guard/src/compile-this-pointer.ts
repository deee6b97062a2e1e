import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getArgumentValues,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql';
import { isHeld } from './hold-field.ts';
import { type OpenFound, type Pointer, type Step, thisPointer } from './pointer.ts';

type AnyField = GraphQLField<unknown, unknown>;

/**
 * How what a path names is read from an object of the type: as the fields resolve it, without their guards. It has to be called
 * before the schema gets its guards.
 */
export function compileThisPointer(
  type: GraphQLObjectType<unknown, unknown>,
  path: readonly string[],
  open: OpenFound,
): Pointer {
  const steps: Step[] = [];
  let parent = type;
  for (const [index, name] of path.entries()) {
    const field = parent.getFields()[name];
    if (field === undefined) throw new Error(`"${parent.name}" has no field "${name}", which was found before.`);
    steps.push(stepOf(parent, field, path.slice(index + 1)));
    const next = getNamedType(field.type);
    if (isObjectType(next)) parent = next;
  }
  return thisPointer(steps, open);
}

/** Calls a field's resolver as an executor does that was asked for the whole path: with all that it may look at. */
function stepOf(parent: GraphQLObjectType, field: AnyField, rest: readonly string[]): Step {
  const { name, type: returnType } = field;
  const atFirst = field.resolve;
  const fieldNodes = [fieldNode([name, ...rest])];
  const resolve: Step['resolve'] = (source, { context, info }, before) => {
    // Loaders take the place of resolvers after the schema is built; a guard that a field got since is not asked.
    const own = (isHeld(field) ? atFirst : field.resolve) ?? defaultFieldResolver;
    const args = getArgumentValues(field, fieldNodes[0] ?? fieldNode([name]), {});
    const at = { prev: before, key: name, typename: parent.name };
    const place = { fieldName: name, fieldNodes, parentType: parent, returnType, path: at };
    return { value: own(source, args, context, { ...info, ...place }), at };
  };
  return { lists: listsIn(returnType), resolve };
}

function listsIn(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listsIn(type.ofType);
  return isListType(type) ? 1 + listsIn(type.ofType) : 0;
}

/** `label { id }` of the path `label.id`, as a parser makes it. */
function fieldNode([name = '', ...rest]: readonly string[]): FieldNode {
  const own: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name }, arguments: [], directives: [] };
  if (rest.length === 0) return own;
  return { ...own, selectionSet: { kind: Kind.SELECTION_SET, selections: [fieldNode(rest)] } };
}
