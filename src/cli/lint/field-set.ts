import { GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql';
import { stringArgument } from './link.ts';
import { federationDirectives, type GraphType, namedType, type Subgraph } from './subgraph.ts';

/** A field that a field set selects, and the way to it. */
export interface SelectedField {
  readonly type: string;
  readonly field: string;
  readonly path: readonly string[];
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
    const path = [...parents, name];
    const here = [type, ...implementations(subgraph, type)].map((owner) => ({ type: owner, field: name, path }));
    const field = subgraph.types.get(type)?.fields.get(name);
    if (selection.selectionSet === undefined || field === undefined) return here;
    return [...here, ...select(subgraph, namedType(field.type), selection.selectionSet, path)];
  });
}

function implementations(subgraph: Subgraph, type: string): readonly string[] {
  return [...subgraph.types.values()].filter(({ interfaces }) => interfaces.has(type)).map(({ name }) => name);
}
