import type { Condition } from './condition.ts';
import type { Restriction } from './model.ts';
import type { RelationName, TypeName } from './names.ts';
import type { Rewrite } from './rewrite.ts';

/** A model as it was read: its definitions name each other, and nobody has looked whether what they name is there. */
export interface UnlinkedModel {
  readonly types: ReadonlyMap<string, UnlinkedType>;
  readonly conditions: ReadonlyMap<string, Condition>;
}

export interface UnlinkedType {
  readonly name: TypeName;
  readonly relations: ReadonlyMap<string, UnlinkedRelation>;
}

export interface UnlinkedRelation {
  readonly type: TypeName;
  readonly name: RelationName;
  readonly rewrite: Rewrite<UnlinkedLeaf>;
  readonly restrictions: readonly Restriction[];
}

/**
 * - `direct`: the relationships that are written for the relation: `[user, team#member]`
 * - `computed`: another relation of the same object: `editor`
 * - `from`: a relation of the objects that a second relation leads to: `viewer from parent`
 */
export type UnlinkedLeaf =
  | { readonly kind: 'direct' }
  | { readonly kind: 'computed'; readonly relation: RelationName }
  | { readonly kind: 'from'; readonly relation: RelationName; readonly through: RelationName };
