import type { Relationship } from '../model/relationship.ts';
import type { WriteState } from './write-transaction.ts';

/** What happens to relationships; `replace` writes one whatever is there with the same key. */
export type ChangeKind = 'write' | 'replace' | 'delete';

/** What must hold for a write. */
export interface WriteConstraint<Problem> {
  /** Sees all relationships that are going to be written or deleted, before they are. */
  see(kind: ChangeKind, relationships: readonly Relationship[]): Promise<void>;
  /** What was broken, on the state that the write leaves. */
  findProblem(): Promise<Problem | undefined>;
}

/** Holds one write to something, from its beginning. */
export type Constrain<Problem> = (state: WriteState) => WriteConstraint<Problem>;

/** For what writes no relationships, or may write anything that is valid. */
export const unconstrained: Constrain<never> = () => ({ see: async () => {}, findProblem: async () => undefined });
