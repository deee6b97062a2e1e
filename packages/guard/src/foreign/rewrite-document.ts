import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { fragmentsOf } from '../gateway/fragments-of.ts';
import type { EarlyFields } from './early-fields.ts';
import type { NeededPath } from './guarded-names.ts';
import type { OwnNames } from './own-names.ts';

export interface Rewriting {
  readonly schema: GraphQLSchema;
  readonly early: EarlyFields;
  readonly needed: ReadonlyMap<string, readonly NeededPath[]>;
  /** Names of the fields that are asked for. */
  readonly asked: ReadonlySet<string>;
  /** Whether a field whose guards are decided before is fetched. */
  readonly isFetched: (node: FieldNode) => boolean;
  readonly names: OwnNames;
}

/** What a document has that the schema of its subgraph has not; so nobody can say what is guarded in it. */
export class UnknownPart extends Error {}

/**
 * The operation that is fetched: without the fields that are refused, and with what guards look at in each object, under names of
 * its own. What is asked for stays as it is.
 */
export function rewriteDocument(
  rewriting: Rewriting,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): DocumentNode {
  const root = rewriting.schema.getRootType(operation.operation);
  if (!root) throw new UnknownPart();
  const fragments = new Map([...fragmentsOf(document)].map(([name, node]) => [name, rewriteFragment(rewriting, node)]));
  const own = { ...operation, selectionSet: rewriteSet(rewriting, operation.selectionSet, root) };
  const used = usedFragments(own, fragments);
  const variables = new Set(
    [own, ...used].flatMap(({ selectionSet, directives = [] }) => [
      ...variablesIn(selectionSet),
      ...directives.flatMap(variablesIn),
    ]),
  );
  const variableDefinitions = (own.variableDefinitions ?? []).filter(({ variable }) =>
    variables.has(variable.name.value),
  );
  return { kind: Kind.DOCUMENT, definitions: [{ ...own, variableDefinitions }, ...used] };
}

function rewriteFragment(rewriting: Rewriting, node: FragmentDefinitionNode): FragmentDefinitionNode {
  const type = typeNamed(rewriting, node.typeCondition.name.value);
  return { ...node, selectionSet: rewriteSet(rewriting, node.selectionSet, type) };
}

function rewriteSet(rewriting: Rewriting, set: SelectionSetNode, type: GraphQLNamedType): SelectionSetNode {
  const selections = set.selections.map((selection) => rewriteSelection(rewriting, selection, type));
  return { ...set, selections: [...selections, ...hiddenIn(rewriting, type)] };
}

function rewriteSelection(rewriting: Rewriting, node: SelectionNode, type: GraphQLNamedType): SelectionNode {
  switch (node.kind) {
    case Kind.FRAGMENT_SPREAD:
      return node;
    case Kind.INLINE_FRAGMENT: {
      const condition = node.typeCondition?.name.value;
      const inner = condition === undefined ? type : typeNamed(rewriting, condition);
      return { ...node, selectionSet: rewriteSet(rewriting, node.selectionSet, inner) };
    }
    case Kind.FIELD:
      return rewriteField(rewriting, node, type);
  }
}

function rewriteField(rewriting: Rewriting, node: FieldNode, type: GraphQLNamedType): FieldNode {
  const name = node.name.value;
  if (name === '__typename') return node;
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (field === undefined) throw new UnknownPart();
  if (isEarly(rewriting, type, name) && !rewriting.isFetched(node)) return rewriting.names.placeholder();
  if (node.selectionSet === undefined) return node;
  return { ...node, selectionSet: rewriteSet(rewriting, node.selectionSet, getNamedType(field.type)) };
}

function isEarly({ schema, early }: Rewriting, type: GraphQLNamedType, field: string): boolean {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return types.some(({ name }) => early.has(name, field));
}

/** What has to come back for the guards of an object. */
function hiddenIn(rewriting: Rewriting, type: GraphQLNamedType): readonly SelectionNode[] {
  if (!isAbstractType(type)) return neededIn(rewriting, type.name);
  const parts = rewriting.schema.getPossibleTypes(type).flatMap(({ name }): readonly InlineFragmentNode[] => {
    const selections = neededIn(rewriting, name);
    if (selections.length === 0) return [];
    const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } } as const;
    return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
  });
  return [rewriting.names.typename(), ...parts];
}

function neededIn({ schema, needed, asked, names }: Rewriting, type: string): readonly FieldNode[] {
  const paths = (needed.get(type) ?? []).filter((path) => path.for === undefined || asked.has(path.for));
  return paths.flatMap(({ path }) => names.along(schema, type, path) ?? []);
}

function typeNamed({ schema }: Rewriting, name: string): GraphQLNamedType {
  const type = schema.getType(name);
  if (type === undefined) throw new UnknownPart();
  return type;
}

/** In a document where something is left out, not all fragments may be used, which servers refuse. */
function usedFragments(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly FragmentDefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>();
  const open: (OperationDefinitionNode | FragmentDefinitionNode)[] = [operation];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visit(node.selectionSet, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined) throw new UnknownPart();
        if (!used.has(fragment)) open.push(fragment);
        used.add(fragment);
      },
    });
  }
  return [...used];
}

function variablesIn(
  node: SelectionSetNode | NonNullable<OperationDefinitionNode['directives']>[number],
): readonly string[] {
  const found: string[] = [];
  visit(node, {
    Variable: ({ name }) => {
      found.push(name.value);
    },
  });
  return found;
}
