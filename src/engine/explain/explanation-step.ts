import type { Relation } from '../../model/model.ts';
import type { Problem } from '../../model/problem.ts';
import type { Edge, NodeId } from '../ports.ts';

/** One line of an explanation; `depth` says how far it stands below what it explains. */
export type ExplanationStep = {
  readonly depth: number;
} /** The subject holds the relation on the node, for the reasons below. */ & (
  | { readonly kind: 'holds'; readonly node: NodeId; readonly relation: Relation }
  /** It holds it because it is that subject set itself. */
  | { readonly kind: 'self' }
  /** A relationship that leads on. */
  | { readonly kind: 'relationship'; readonly edge: Edge }
  /** Nothing that would take it away holds. */
  | { readonly kind: 'notExcluded' }
  /** It would hold, but for what is below, which takes it away. */
  | { readonly kind: 'excluded'; readonly node: NodeId; readonly relation: Relation }
  /** A relationship whose condition does not hold. */
  | { readonly kind: 'unmet'; readonly edge: Edge }
  /** A relationship whose condition could not be evaluated, or another reason for being undecided. */
  | { readonly kind: 'undecided'; readonly edge: Edge | undefined; readonly problem: Problem }
);
