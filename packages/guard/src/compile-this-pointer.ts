import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
  isObjectType,
  isRequiredArgument,
  Kind,
} from 'graphql';
import { isHeld } from './hold-field.ts';
import { isIdentifying } from './identifying-type.ts';
import { type OpenFound, type Pointer, type Step, thisPointer } from './pointer.ts';
import { ok, type Result, wrong } from './result.ts';

type AnyField = GraphQLField<unknown, unknown>;

/**
 * Checks that every object of the type has what the path names, and how it will be read: as the fields resolve it, without
 * their guards. So it has to be called before the resolvers of the schema are replaced.
 */
export function compileThisPointer(
  type: GraphQLObjectType<unknown, unknown>,
  path: readonly string[],
  open: OpenFound,
): Result<Pointer> {
  const shown = `"{$this.${path.join('.')}}"`;
  const steps: Step[] = [];
  let parent = type;
  for (const [index, name] of path.entries()) {
    const fields = parent.getFields();
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) return wrong(`${shown} points to nothing: "${parent.name}" has no field "${name}".`);
    const needed = field.args.find(isRequiredArgument);
    if (needed !== undefined) {
      return wrong(
        `${shown} needs the argument "${needed.name}" of "${parent.name}.${name}"; point to a field without.`,
      );
    }
    steps.push(stepOf(parent, field, path.slice(index + 1)));
    if (index === path.length - 1)
      return isIdentifying(field.type) ? ok(thisPointer(steps, open)) : badLeaf(shown, field);
    const next = getNamedType(field.type);
    if (!isObjectType(next)) return wrong(`${shown} goes through "${next.name}", which is no object type.`);
    parent = next;
  }
  return wrong(`${shown} points to nothing.`);
}

function badLeaf(shown: string, field: AnyField): Result<never> {
  return wrong(`${shown} points to "${String(field.type)}"; point to an ID, String or Int, or to a list of them.`);
}

/** Calls a field's resolver as an executor does that was asked for the whole path: with all that it may look at. */
function stepOf(parent: GraphQLObjectType, field: AnyField, rest: readonly string[]): Step {
  const { name, type: returnType } = field;
  const atFirst = field.resolve;
  const fieldNodes = [fieldNode([name, ...rest])];
  return (source, { context, info }, before) => {
    // Loaders take the place of resolvers after the schema is built; a guard that a field got since is not asked.
    const resolve = (isHeld(field) ? atFirst : field.resolve) ?? defaultFieldResolver;
    const args = getArgumentValues(field, fieldNodes[0] ?? fieldNode([name]), {});
    const at = { prev: before, key: name, typename: parent.name };
    const own = { fieldName: name, fieldNodes, parentType: parent, returnType, path: at };
    return { value: resolve(source, args, context, { ...info, ...own }), at };
  };
}

/** `label { id }` of the path `label.id`, as a parser makes it. */
function fieldNode([name = '', ...rest]: readonly string[]): FieldNode {
  const own: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name }, arguments: [], directives: [] };
  if (rest.length === 0) return own;
  return { ...own, selectionSet: { kind: Kind.SELECTION_SET, selections: [fieldNode(rest)] } };
}
