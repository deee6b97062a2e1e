import { type DocumentNode, type FieldNode, type InlineFragmentNode, Kind, print, visit } from 'graphql';
import { unusedPrefix } from '../unused-prefix.ts';
import type { FieldRefusal } from './judge-operation.ts';

export interface WithheldDocument {
  readonly document: DocumentNode;
  /** By the response key that stands where the field was. */
  readonly withheld: ReadonlyMap<string, FieldRefusal>;
}

/**
 * The document without the refused fields. Where one was, `__typename` is asked for under a name that nobody else uses: so
 * the answer says at which objects the field would have been, and no selection becomes empty.
 */
export function withholdFields(
  document: DocumentNode,
  refusals: ReadonlyMap<FieldNode, FieldRefusal>,
): WithheldDocument {
  const prefix = unusedPrefix(print(document));
  const withheld = new Map<string, FieldRefusal>();
  const Field = (node: FieldNode): InlineFragmentNode | undefined => {
    const refusal = refusals.get(node);
    if (refusal === undefined) return undefined;
    const key = `${prefix}${withheld.size}`;
    withheld.set(key, refusal);
    return typenameInPlaceOf(node, key);
  };
  return { document: visit(document, { Field: { enter: Field } }), withheld };
}

/** In a fragment, as a planner takes an operation that begins with `__typename` for one that asks for nothing else. */
function typenameInPlaceOf({ directives }: FieldNode, key: string): InlineFragmentNode {
  const field: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: key },
    name: { kind: Kind.NAME, value: '__typename' },
    ...(directives && { directives }),
  };
  return { kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections: [field] } };
}
