import { readProposal } from '../../../operations/proposals/read-proposal.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { refusalError } from '../../errors.ts';
import { proposalIdOf } from '../../proposal-input.ts';
import { viewerOf } from '../../request-context.ts';

export const proposal: NonNullable<QueryResolvers['proposal']> = async (
  _parent,
  { id: written, consistency },
  context,
) => {
  const question = { id: proposalIdOf(written), consistency: consistencyOf(consistency, context) };
  const found = await readProposal(context.postern, viewerOf(context), question);
  if (!found.ok) throw refusalError(found.problem);
  return found.value ?? null;
};
