import { type InputValueDefinitionNode, Kind } from 'graphql';
import { didYouMean } from '../../../base/did-you-mean.ts';
import { keyFields, selectedFields } from '../field-set.ts';
import { type Finding, finding, placeOf } from '../finding.ts';
import type { Graph } from '../graph.ts';
import { coordinateOf, type Guard, objectText, ownerOf } from '../guard.ts';
import { stringArgument } from '../link.ts';
import { type Field, federationDirectives, type GraphType, namedType, type Subgraph } from '../subgraph.ts';

/** Whether `$args` and `$this` point to an id that is there when the guard needs it. */
export function checkPointers({ guards }: Graph): readonly Finding[] {
  return guards.flatMap((guard): readonly Finding[] => {
    // An object that follows from the entity points to its key, which is there.
    const { object, onDeny } = guard.requirement;
    if (object === undefined) return [];
    if (onDeny === 'FILTER' && object.kind !== 'this') return [otherThanItem(guard)];
    if (object.kind === 'args') return checkArgs(guard, object.path);
    if (object.kind === 'literal') return [];
    const owner = ownerOf(guard);
    if (owner === undefined) return [];
    if (owner.isRoot) return [thisOnRoot(guard)];
    const wrong = checkPath(guard, fieldTypes(owner), object.path);
    return wrong.length > 0 || onDeny === 'FILTER' ? wrong : checkAvailable(guard, object.path);
  });
}

function checkArgs(guard: Guard, path: readonly string[]): readonly Finding[] {
  if (guard.field !== undefined) return checkPath(guard, argumentTypes(guard.field), path);
  const message = `"$args" on "${guard.type.name}" are each field's own; write the guard on the fields, or point to "$this".`;
  return [finding('args-on-type', placeOf(guard.subgraph.file, guard.requirement.node), message)];
}

function otherThanItem({ subgraph, requirement }: Guard): Finding {
  const message = 'FILTER asks about each item of the list; leave the object out, or point to "{$this.…}" of the item.';
  return finding('filter-of-other-object', placeOf(subgraph.file, requirement.node), message);
}

/** The field of the guard; those of its type that are no key, when it is on a type. */
export function guardedFields({ subgraph, type, field }: Guard): readonly Field[] {
  if (field !== undefined) return [field];
  const keys = new Set(keyFields(subgraph, type).flatMap((key) => (key.type === type.name ? key.field : [])));
  return [...type.fields.values()].filter(({ name }) => !keys.has(name));
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
function checkPath(guard: Guard, start: Types, path: readonly string[]): readonly Finding[] {
  const { subgraph, requirement } = guard;
  let known = start;
  for (const [index, name] of path.entries()) {
    const step = known.get(name);
    const inside = step === undefined ? undefined : subgraph.types.get(namedType(step.type));
    const problem = stepProblem(name, known, inside, index === path.length - 1);
    if (problem !== undefined) {
      const pointer = `The object "${objectText(guard)}" on "${coordinateOf(guard)}"`;
      return [finding(problem.code, placeOf(subgraph.file, requirement.node), `${pointer} ${problem.text}`)];
    }
    known = fieldTypes(inside);
  }
  return [];
}

/** What is wrong with one step of a path, as the end of a sentence. */
function stepProblem(name: string, known: Types, inside: GraphType | undefined, isLast: boolean) {
  const step = known.get(name);
  if (step === undefined) {
    const hint = didYouMean(name, known.keys()) || ` There is ${list([...known.keys()])}.`;
    return { code: 'unknown-pointer', text: `points to "${name}", which does not exist.${hint}` } as const;
  }
  const needed = [...step.arguments.values()].find(isRequired)?.name.value;
  if (needed !== undefined) {
    const text = `goes through "${name}", which needs the argument "${needed}"; point to a field without.`;
    return { code: 'unusable-pointer', text } as const;
  }
  const type = namedType(step.type);
  if (!isLast || idTypes.has(type)) return undefined;
  const example = inside === undefined ? '' : ` in it, such as "${name}.${[...inside.fields.keys()][0] ?? 'id'}"`;
  return {
    code: 'unusable-pointer',
    text: `ends at "${type}"; point to an ID, a String or an Int${example}.`,
  } as const;
}

function isRequired({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
}

const idTypes: ReadonlySet<string> = new Set(['ID', 'String', 'Int']);

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing to point to' : names.map((name) => `"${name}"`).join(', ');
}

function thisOnRoot(guard: Guard): Finding {
  const { subgraph, requirement, type } = guard;
  const message = `"${coordinateOf(guard)}" has no parent, so "$this" is nothing; point to an argument with "$args", or move the guard to the fields of what "${type.name}" returns.`;
  return finding('this-on-root', placeOf(subgraph.file, requirement.node), message);
}

/** A field of another subgraph is in the representation only as a key, or where `@requires` asks for it. */
function checkAvailable(guard: Guard, path: readonly string[]): readonly Finding[] {
  const { subgraph, type, requirement } = guard;
  if (!isExternal(subgraph, type, path)) return [];
  const isSent = (selected: { readonly path: readonly string[] }) => selected.path.join('.') === path.join('.');
  if (keyFields(subgraph, type).some(isSent)) return [];
  const lacking = guardedFields(guard).find(
    (field) => !isExternal(subgraph, type, [field.name]) && !requiredFields(subgraph, type, field).some(isSent),
  );
  if (lacking === undefined) return [];
  const message = `"${path.join('.')}" is @external, and the gateway does not send it for "${type.name}.${lacking.name}"; write @requires(fields: "${fieldSet(path)}") on it, or point to the @key.`;
  return [finding('this-not-available', placeOf(subgraph.file, requirement.node), message)];
}

function isExternal(subgraph: Subgraph, type: GraphType, path: readonly string[]): boolean {
  let owner: GraphType | undefined = type;
  for (const name of path) {
    const field: Field | undefined = owner?.fields.get(name);
    if (field === undefined) return false;
    if (federationDirectives(subgraph, field, 'external').length > 0) return true;
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
