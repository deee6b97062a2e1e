import { type InputValueDefinitionNode, Kind } from 'graphql';
import { keyFields, selectedFields } from './field-set.ts';
import { type GuardProblem, problem, quote } from './guard-problem.ts';
import { stringArgument } from './links.ts';
import {
  type Field,
  federationDirectives,
  type GraphType,
  isExternalField,
  namedType,
  type Subgraph,
} from './subgraph.ts';
import { type Taker, takersOf } from './takers.ts';
import { coordinateOf, guardedFields, isOnInput, objectText, ownerOf, type WrittenGuard } from './written-guard.ts';

/** Whether `$args` and `$this` point to an id that is there when the guard needs it; also where the object follows from the key. */
export function checkPointer(guard: WrittenGuard): readonly GuardProblem[] {
  const { object, requirement } = guard;
  if (object === undefined) return [];
  const isFilter = requirement.onDeny === 'FILTER' && !isOnInput(guard);
  if (isFilter && object.kind !== 'this') return [otherThanItem(guard)];
  if (object.kind === 'args') return checkArgs(guard, object.path);
  if (object.kind === 'literal') return [];
  const owner = ownerOf(guard);
  if (owner === undefined) return [];
  if (owner.isRoot) return [thisOnRoot(guard)];
  if (owner.kind === 'enum') return [thisOnValue(guard)];
  const wrong = checkPath(guard, fieldTypes(owner), object.path);
  return wrong.length > 0 || isFilter ? wrong : checkAvailable(guard, object.path);
}

function checkArgs(guard: WrittenGuard, path: readonly string[]): readonly GuardProblem[] {
  // What callers give to several fields has an object in each of them.
  if (isOnInput(guard)) {
    return takersOf(guard).flatMap((taker) => checkPath(guard, argumentTypes(taker.field), path, taker).slice(0, 1));
  }
  if (guard.field !== undefined) return checkPath(guard, argumentTypes(guard.field), path);
  const message = `"$args" on "${guard.type.name}" are each field's own; write the guard on the fields, or point to "$this".`;
  return [problem('args-on-type', guard.requirement.node, message)];
}

function otherThanItem(guard: WrittenGuard): GuardProblem {
  const { requirement } = guard;
  const message = `FILTER on "${coordinateOf(guard)}" asks about each item of the list; leave the object out, or point to "{$this.…}" of the item.`;
  return problem('filter-of-other-object', requirement.node, message);
}

type Types = ReadonlyMap<string, Pick<Field, 'type' | 'arguments'>>;

const noArguments: Field['arguments'] = new Map();

function argumentTypes(field: Field): Types {
  return new Map([...field.arguments].map(([name, { type }]) => [name, { type, arguments: noArguments }]));
}

function fieldTypes(type: GraphType | undefined): Types {
  return type === undefined || type.kind === 'interface' ? new Map() : type.fields;
}

/** Lists on the way are followed: every id in them is checked. */
function checkPath(guard: WrittenGuard, start: Types, path: readonly string[], taker?: Taker): readonly GuardProblem[] {
  const { subgraph, requirement } = guard;
  const given = taker !== undefined && taker.type !== guard.type ? `, given to "${coordinateOf(taker)}",` : '';
  const pointer = `The object ${quote(objectText(guard))} on "${coordinateOf(guard)}"${given}`;
  let known = start;
  for (const [index, name] of path.entries()) {
    const step = known.get(name);
    if (step === undefined) {
      const unknown = { name, known: [...known.keys()] };
      return [
        problem('unknown-pointer', requirement.node, `${pointer} points to "${name}", which does not exist.`, unknown),
      ];
    }
    const inside = subgraph.types.get(namedType(step.type));
    const unusable = stepProblem(name, step, inside, index === path.length - 1);
    if (unusable !== undefined) return [problem('unusable-pointer', requirement.node, `${pointer} ${unusable}`)];
    known = fieldTypes(inside);
  }
  return [];
}

/** What is wrong with one step of a path, as the end of a sentence. */
function stepProblem(
  name: string,
  step: Pick<Field, 'type' | 'arguments'>,
  inside: GraphType | undefined,
  isLast: boolean,
): string | undefined {
  const needed = [...step.arguments.values()].find(isRequired)?.name.value;
  if (needed !== undefined)
    return `goes through "${name}", which needs the argument "${needed}"; point to a field without.`;
  const type = namedType(step.type);
  if (!isLast || idTypes.has(type)) return undefined;
  const example = inside?.kind === 'object' ? ` in it, such as "${name}.${[...inside.fields.keys()][0] ?? 'id'}"` : '';
  return `ends at "${type}"; point to an ID, a String or an Int${example}.`;
}

function isRequired({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
}

const idTypes: ReadonlySet<string> = new Set(['ID', 'String', 'Int']);

function thisOnRoot(guard: WrittenGuard): GuardProblem {
  const { requirement, type } = guard;
  const message = `"${coordinateOf(guard)}" has no parent, so "$this" is nothing; point to an argument with "$args", or move the guard to the fields of what "${type.name}" returns.`;
  return problem('this-on-root', requirement.node, message);
}

function thisOnValue(guard: WrittenGuard): GuardProblem {
  const message = `"${coordinateOf(guard)}" is a value, which has no fields for "$this"; point to an argument with "$args", or name one object, such as "platform:main".`;
  return problem('this-on-root', guard.requirement.node, message);
}

/** A field of another subgraph is in the representation only as a key, or where `@requires` asks for it. */
function checkAvailable(guard: WrittenGuard, path: readonly string[]): readonly GuardProblem[] {
  const { subgraph, type, requirement } = guard;
  if (!isExternal(subgraph, type, path)) return [];
  const isSent = (selected: { readonly path: readonly string[] }) => selected.path.join('.') === path.join('.');
  if (keyFields(subgraph, type).some(isSent)) return [];
  const lacking = guardedFields(guard).find(
    (field) => !isExternal(subgraph, type, [field.name]) && !requiredFields(subgraph, type, field).some(isSent),
  );
  if (lacking === undefined) return [];
  const message = `"${path.join('.')}" is @external, and the gateway does not send it for "${type.name}.${lacking.name}"; write @requires(fields: "${fieldSet(path)}") on it, or point to the @key.`;
  return [problem('this-not-available', requirement.node, message)];
}

function isExternal(subgraph: Subgraph, type: GraphType, path: readonly string[]): boolean {
  let owner: GraphType | undefined = type;
  for (const name of path) {
    const field: Field | undefined = owner?.fields.get(name);
    if (field === undefined) return false;
    if (isExternalField(subgraph, field)) return true;
    owner = subgraph.types.get(namedType(field.type));
  }
  return false;
}

function requiredFields(subgraph: Subgraph, type: GraphType, field: Field) {
  return federationDirectives(subgraph, field, 'requires').flatMap((node) =>
    selectedFields(subgraph, type.name, stringArgument(node, 'fields') ?? ''),
  );
}

function fieldSet([first = '', ...rest]: readonly string[]): string {
  return rest.length === 0 ? first : `${first} { ${fieldSet(rest)} }`;
}
