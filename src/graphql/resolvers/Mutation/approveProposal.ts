import { approveProposal as approve } from '../../../operations/proposals/approve-proposal.ts';
import { invalid } from '../../../operations/refusal.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { proposalIdOf } from '../../proposal-input.ts';
import { viewerOf } from '../../request-context.ts';

export const approveProposal: NonNullable<MutationResolvers['approveProposal']> = async (
  _parent,
  { input },
  context,
) => {
  const approved = await approve(context.postern, viewerOf(context), {
    id: proposalIdOf(input.id),
    digest: input.digest,
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('approveProposal', input),
  });
  context.decisions.forget();
  if (!approved.ok) return { proposal: null, consistencyToken: null, userErrors: userErrorsOf(approved.problem) };
  const { outcome, token } = approved.value;
  const { proposal, stale } = outcome;
  const userErrors = stale === null ? [] : userErrorsOf(invalid('STALE', stale, ['input', 'id']));
  return { proposal, consistencyToken: token, userErrors };
};
