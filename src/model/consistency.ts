import type { ConsistencyToken, Position } from './consistency-token.ts';

/** How fresh the state must be that answers a question: see docs/consistency.md. */
export interface Consistency {
  readonly mode: ConsistencyMode;
  /** It contains the writes that returned these tokens, whatever the mode. */
  readonly atLeastAsFresh: readonly ConsistencyToken[];
}

/**
 * `usual`: the state contains everything that was committed before the question arrived. An operator may allow an older one for
 * questions without a token while the database is away. `fullyConsistent`: it contains that, whatever the operator allows.
 * `minimizeLatency`: it may be as old as the operator allows at any time.
 */
export type ConsistencyMode = 'usual' | 'fullyConsistent' | 'minimizeLatency';

/** What a question is asked with that says nothing about it. */
export const usualConsistency: Consistency = { mode: 'usual', atLeastAsFresh: [] };

/** What a question is asked with that must miss nothing, whatever an operator allows. */
export const missingNothing: Consistency = { mode: 'fullyConsistent', atLeastAsFresh: [] };

/** The first of the tokens whose write a state does not contain; it contains none of another database. */
export function findMissing(
  { identity, revision }: Pick<Position, 'identity' | 'revision'>,
  { atLeastAsFresh }: Consistency,
): ConsistencyToken | undefined {
  return atLeastAsFresh.find((token) => token.identity !== identity || token.revision > revision);
}
