import { offboardSubject as offboard } from '../../../operations/roles/offboard-subject.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { viewerOf } from '../../request-context.ts';

export const offboardSubject: NonNullable<MutationResolvers['offboardSubject']> = async (
  _parent,
  { input },
  context,
) => {
  const offboarded = await offboard(context.postern, viewerOf(context), {
    subject: input.subject,
    dryRun: input.dryRun ?? false,
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('offboardSubject', input),
  });
  context.decisions.forget();
  if (!offboarded.ok) {
    return { offboarding: null, consistencyToken: null, userErrors: userErrorsOf(offboarded.problem) };
  }
  const { outcome, token } = offboarded.value;
  return { offboarding: { ...outcome, token }, consistencyToken: token, userErrors: [] };
};
