import { withdrawProposal as withdraw } from '../../../operations/proposals/end-proposal.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { proposalIdOf } from '../../proposal-input.ts';
import { viewerOf } from '../../request-context.ts';

export const withdrawProposal: NonNullable<MutationResolvers['withdrawProposal']> = async (
  _parent,
  { input },
  context,
) => {
  const ended = await withdraw(context.postern, viewerOf(context), {
    id: proposalIdOf(input.id),
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('withdrawProposal', input),
  });
  if (!ended.ok) return { proposal: null, consistencyToken: null, userErrors: userErrorsOf(ended.problem) };
  return { proposal: ended.value.outcome, consistencyToken: ended.value.token, userErrors: [] };
};
