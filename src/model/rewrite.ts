/**
 * How a relation is computed (Zanzibar §2.3.1, userset rewrite rules): leaves, and what joins them. The leaves of a model that
 * is read hold names; those of a linked one hold the relations that are meant.
 */
export type Rewrite<Leaf extends RewriteLeaf> =
  | Leaf
  | { readonly kind: 'union'; readonly operands: readonly Rewrite<Leaf>[] }
  | { readonly kind: 'intersection'; readonly operands: readonly Rewrite<Leaf>[] }
  | { readonly kind: 'exclusion'; readonly base: Rewrite<Leaf>; readonly subtracted: Rewrite<Leaf> };

export interface RewriteLeaf {
  readonly kind: 'direct' | 'computed' | 'from';
}

/** What becomes of each part of a rewrite, from the leaves up. */
export interface RewriteFold<Leaf, Value> {
  readonly leaf: (leaf: Leaf) => Value;
  readonly union: (operands: readonly Value[]) => Value;
  readonly intersection: (operands: readonly Value[]) => Value;
  readonly exclusion: (base: Value, subtracted: Value) => Value;
}

/**
 * The one place that takes rewrites apart: whoever adds an operator adds it here, and the compiler names everything that has
 * to say what it means.
 */
export function foldRewrite<Leaf extends RewriteLeaf, Value>(
  rewrite: Rewrite<Leaf>,
  fold: RewriteFold<Leaf, Value>,
): Value {
  switch (rewrite.kind) {
    case 'union':
      return fold.union(rewrite.operands.map((operand) => foldRewrite(operand, fold)));
    case 'intersection':
      return fold.intersection(rewrite.operands.map((operand) => foldRewrite(operand, fold)));
    case 'exclusion':
      return fold.exclusion(foldRewrite(rewrite.base, fold), foldRewrite(rewrite.subtracted, fold));
    default:
      return fold.leaf(rewrite);
  }
}

/** Whether a relation is nothing but what is written for it. */
export function isDirect(rewrite: Rewrite<RewriteLeaf>): boolean {
  return rewrite.kind === 'direct';
}

/** A leaf of a rewrite, and behind how many `but not` it stands: it gives behind none, and takes away behind one. */
export interface RewritePart<Leaf> {
  readonly leaf: Leaf;
  readonly subtractions: number;
}

/** Everything that a rewrite is made of, from left to right. */
export function partsOf<Leaf extends RewriteLeaf>(rewrite: Rewrite<Leaf>): readonly RewritePart<Leaf>[] {
  const parts: RewritePart<Leaf>[] = [];
  const visitAll = (operands: readonly Visit[]) => (subtractions: number) => {
    for (const visit of operands) visit(subtractions);
  };
  const visit = foldRewrite<Leaf, Visit>(rewrite, {
    leaf: (leaf) => (subtractions) => parts.push({ leaf, subtractions }),
    union: visitAll,
    intersection: visitAll,
    exclusion: (base, subtracted) => (subtractions) => {
      base(subtractions);
      subtracted(subtractions + 1);
    },
  });
  visit(0);
  return parts;
}

type Visit = (subtractions: number) => void;
