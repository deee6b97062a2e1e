import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import { keySelections } from './rules/field-set.ts';
import type { Subgraph } from './rules/subgraph.ts';

/**
 * How far a guard on a type spares a field for the sake of keys. A gateway reads keys for whoever asks; but of a key such as
 * `album { id }` that is the id, and not all that the album has.
 *
 * `always` for a plain field of a key, undefined for what is in no key, and otherwise whether only the key is asked for.
 */
export function onlyKey(
  subgraph: Subgraph,
  type: string,
  field: string,
): 'always' | ((info: GraphQLResolveInfo) => boolean) | undefined {
  const selections = keySelections(subgraph, type, field);
  if (selections.length === 0) return undefined;
  const inside = selections.flatMap((selection) => selection ?? []);
  if (inside.length === 0) return 'always';
  return (info) => info.fieldNodes.every(({ selectionSet }) => isWithin(selectionSet, inside, info.fragments));
}

function isWithin(
  asked: SelectionSetNode | undefined,
  keys: readonly SelectionSetNode[],
  fragments: GraphQLResolveInfo['fragments'],
): boolean {
  return (asked?.selections ?? []).every((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return isWithin(selection.selectionSet, keys, fragments);
    const name = selection.name.value;
    if (selection.kind === Kind.FRAGMENT_SPREAD) return isWithin(fragments[name]?.selectionSet, keys, fragments);
    const found = keys.flatMap((key) => fieldsIn(key)).filter((field) => field.name.value === name);
    if (name === '__typename' || found.length === 0) return name === '__typename';
    const inside = found.flatMap(({ selectionSet }) => selectionSet ?? []);
    return isWithin(selection.selectionSet, inside, fragments);
  });
}

function fieldsIn({ selections }: SelectionSetNode) {
  return selections.filter((selection) => selection.kind === Kind.FIELD);
}
