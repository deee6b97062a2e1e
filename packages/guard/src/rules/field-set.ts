import { GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql';
import { stringArgument } from './links.ts';
import { federationDirectives, type GraphType, namedType, type Subgraph } from './subgraph.ts';

/** A field that a field set selects, and the way to it. */
export interface SelectedField {
  readonly type: string;
  readonly field: string;
  readonly path: readonly string[];
  /** What is selected below it. */
  readonly selection: SelectionSetNode | undefined;
}

/**
 * Every field that `fields:` of a directive selects: of a track, `id album { id }` selects three. A field of an interface
 * stands for the field of each implementation, too. A field set that cannot be read selects nothing; composition says so.
 */
export function selectedFields(subgraph: Subgraph, type: string, fieldSet: string): readonly SelectedField[] {
  const selection = parseFieldSet(fieldSet);
  return selection === undefined ? [] : select(subgraph, type, selection, []);
}

/** The fields of a type's keys, nested ones with their own types. */
export function keyFields(subgraph: Subgraph, type: GraphType): readonly SelectedField[] {
  return keysOf(subgraph, type).flatMap((fields) => selectedFields(subgraph, type.name, fields));
}

/** `fields` of every `@key`. */
export function keysOf(subgraph: Subgraph, type: GraphType): readonly string[] {
  return federationDirectives(subgraph, type, 'key').flatMap((node) => stringArgument(node, 'fields') ?? []);
}

/** The one field that is the only key of a type; undefined when it has none, several, or a compound one. */
export function singleKeyOf(subgraph: Subgraph, type: GraphType): string | undefined {
  if (keysOf(subgraph, type).length !== 1) return undefined;
  const [key, ...others] = keyFields(subgraph, type);
  return others.length === 0 ? key?.field : undefined;
}

/** Whether a field belongs to a key of any type of its subgraph. */
export function isKeyField(subgraph: Subgraph, type: string, field: string): boolean {
  return keySelections(subgraph, type, field).length > 0;
}

/** What keys select below a field, once for each key that it belongs to; undefined where it is selected as a whole. */
export function keySelections(
  subgraph: Subgraph,
  type: string,
  field: string,
): readonly (SelectionSetNode | undefined)[] {
  return allKeyFields(subgraph).get(type)?.get(field) ?? [];
}

type KeyFields = Map<string, Map<string, (SelectionSetNode | undefined)[]>>;

const known = new WeakMap<Subgraph, KeyFields>();

function allKeyFields(subgraph: Subgraph): KeyFields {
  const before = known.get(subgraph);
  if (before !== undefined) return before;
  const found: KeyFields = new Map();
  for (const { type, field, selection } of [...subgraph.types.values()].flatMap((one) => keyFields(subgraph, one))) {
    const ofType = found.get(type) ?? new Map<string, (SelectionSetNode | undefined)[]>();
    ofType.set(field, [...(ofType.get(field) ?? []), selection]);
    found.set(type, ofType);
  }
  known.set(subgraph, found);
  return found;
}

function parseFieldSet(fieldSet: string): SelectionSetNode | undefined {
  try {
    const [operation] = parse(`{${fieldSet}}`).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}

function select(
  subgraph: Subgraph,
  type: string,
  { selections }: SelectionSetNode,
  parents: readonly string[],
): readonly SelectedField[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return select(subgraph, selection.typeCondition?.name.value ?? type, selection.selectionSet, parents);
    }
    const name = selection.name.value;
    // Every object has it, and it names no entity.
    if (name === '__typename') return [];
    const path = [...parents, name];
    const here = [type, ...implementations(subgraph, type)].map((owner) => ({
      type: owner,
      field: name,
      path,
      selection: selection.selectionSet,
    }));
    const field = subgraph.types.get(type)?.fields.get(name);
    if (selection.selectionSet === undefined || field === undefined) return here;
    return [...here, ...select(subgraph, namedType(field.type), selection.selectionSet, path)];
  });
}

function implementations(subgraph: Subgraph, type: string): readonly string[] {
  return [...subgraph.types.values()].filter(({ interfaces }) => interfaces.has(type)).map(({ name }) => name);
}
