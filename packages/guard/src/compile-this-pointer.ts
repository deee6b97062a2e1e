import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
  isRequiredArgument,
  Kind,
} from 'graphql';
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
    steps.push(stepOf(parent, field));
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

function stepOf(parent: GraphQLObjectType, field: AnyField): Step {
  const { name, type: returnType } = field;
  const resolve = field.resolve ?? defaultFieldResolver;
  const args = Object.fromEntries(
    field.args.flatMap((argument) =>
      argument.defaultValue === undefined ? [] : [[argument.name, argument.defaultValue]],
    ),
  );
  const node = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } } as const;
  return (source, { context, info }) =>
    resolve(source, { ...args }, context, {
      ...info,
      fieldName: name,
      fieldNodes: [node],
      parentType: parent,
      returnType,
      path: { prev: info.path, key: name, typename: parent.name },
    });
}
