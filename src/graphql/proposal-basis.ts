import { invariant } from '../base/invariant.ts';
import { type ConsistencyToken, parseConsistencyToken } from '../model/consistency-token.ts';
import type { Proposal } from '../operations/proposals/proposal.ts';

/** The state that a proposal was made on. */
export function basisOf({ basedOn }: Proposal): ConsistencyToken {
  const token = parseConsistencyToken(basedOn);
  invariant(token.ok, 'a proposal names the state that it was made on');
  return token.value;
}
