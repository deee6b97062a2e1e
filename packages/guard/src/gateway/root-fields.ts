import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from './fragments-of.ts';
import { isIncluded } from './is-included.ts';
import type { Variables } from './read-variables.ts';

/** What an operation asks of the subgraphs, at its top; `__typename` is nobody's. */
export function rootFields(
  document: DocumentNode,
  { selectionSet }: OperationDefinitionNode,
  variables: Variables,
): readonly FieldNode[] {
  const fragments = fragmentsOf(document);
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): readonly FieldNode[] =>
    selections.flatMap((selection) => {
      if (!isIncluded(selection, variables)) return [];
      if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return collect(selection.selectionSet);
      const fragment = fragments.get(selection.name.value);
      if (fragment === undefined || seen.has(selection.name.value)) return [];
      seen.add(selection.name.value);
      return collect(fragment.selectionSet);
    });
  return collect(selectionSet);
}
