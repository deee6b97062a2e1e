import { foldRewrite, type Rewrite, type RewriteLeaf } from './rewrite.ts';

/** A rewrite as the model language writes it; operators of different kinds do not mix without parentheses. */
export function printRewrite<Leaf extends RewriteLeaf>(
  rewrite: Rewrite<Leaf>,
  printLeaf: (leaf: Leaf) => string,
): string {
  const inner = ({ text, isJoined }: Printed) => (isJoined ? `(${text})` : text);
  const joined = (operator: string) => (operands: readonly Printed[]) => ({
    text: operands.map(inner).join(` ${operator} `),
    isJoined: true,
  });
  return foldRewrite<Leaf, Printed>(rewrite, {
    leaf: (leaf) => ({ text: printLeaf(leaf), isJoined: false }),
    union: joined('or'),
    intersection: joined('and'),
    exclusion: (base, subtracted) => joined('but not')([base, subtracted]),
  }).text;
}

interface Printed {
  readonly text: string;
  readonly isJoined: boolean;
}
