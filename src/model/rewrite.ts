import type { RelationName } from './names.ts';

/**
 * How a relation is computed (Zanzibar §2.3.1, userset rewrite rules).
 *
 * - `direct`: the relationships that are written for it: `[user, team#member]`
 * - `computed`: another relation of the same object: `editor`
 * - `from`: a relation of the objects that a second relation leads to: `viewer from parent`
 */
export type Rewrite =
  | { readonly kind: 'direct' }
  | { readonly kind: 'computed'; readonly relation: RelationName }
  | { readonly kind: 'from'; readonly relation: RelationName; readonly through: RelationName }
  | { readonly kind: 'union'; readonly operands: readonly Rewrite[] }
  | { readonly kind: 'intersection'; readonly operands: readonly Rewrite[] }
  | { readonly kind: 'exclusion'; readonly base: Rewrite; readonly subtracted: Rewrite };
