import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { isIdentifying } from './identifying-type.ts';
import { argsPointer, type OpenFound, type Pointer } from './pointer.ts';
import { ok, type Result, wrong } from './result.ts';

/** Checks that every call of the field has what the path names, and how it will be read. */
export function compileArgsPointer(
  field: GraphQLField<unknown, unknown>,
  path: readonly string[],
  open: OpenFound,
): Result<Pointer> {
  const shown = `"{$args.${path.join('.')}}"`;
  const [first = '', ...rest] = path;
  const argument = field.args.find(({ name }) => name === first);
  if (argument === undefined) {
    return wrong(`${shown} points to nothing: the field ${takes(field.args.map(({ name }) => name))}.`);
  }
  let type: GraphQLInputType = argument.type;
  for (const name of rest) {
    const inner: GraphQLNamedInputType = getNamedType(type);
    const fields = isInputObjectType(inner) ? inner.getFields() : {};
    const next = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (next === undefined) return wrong(`${shown} points to nothing: "${inner.name}" ${has(Object.keys(fields))}.`);
    type = next.type;
  }
  if (isIdentifying(type)) return ok(argsPointer(path, open));
  return wrong(`${shown} points to "${String(type)}"; point to an ID, String or Int, or to a list of them.`);
}

function takes(names: readonly string[]): string {
  return names.length === 0 ? 'takes no arguments' : `takes ${quoted(names)}`;
}

function has(names: readonly string[]): string {
  return names.length === 0 ? 'has no fields' : `has ${quoted(names)}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
