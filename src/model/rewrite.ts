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

export type FromRewrite = Extract<Rewrite, { readonly kind: 'from' }>;
export type RewriteLeaf = Extract<Rewrite, { readonly kind: 'direct' | 'computed' | 'from' }>;

/** Visits what a rewrite is made of, and says of each part whether it gives, or takes away behind `but not`. */
export function visitLeaves(rewrite: Rewrite, visit: (leaf: RewriteLeaf, gives: boolean) => void, gives = true): void {
  switch (rewrite.kind) {
    case 'direct':
    case 'computed':
    case 'from':
      visit(rewrite, gives);
      return;
    case 'union':
    case 'intersection':
      for (const operand of rewrite.operands) visitLeaves(operand, visit, gives);
      return;
    case 'exclusion':
      visitLeaves(rewrite.base, visit, gives);
      visitLeaves(rewrite.subtracted, visit, !gives);
  }
}
