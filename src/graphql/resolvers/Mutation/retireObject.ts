import { retireObject as retire } from '../../../operations/roles/retire-object.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { viewerOf } from '../../request-context.ts';

export const retireObject: NonNullable<MutationResolvers['retireObject']> = async (_parent, { input }, context) => {
  const retired = await retire(context.postern, viewerOf(context), {
    object: input.object,
    dryRun: input.dryRun ?? false,
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('retireObject', input),
  });
  context.decisions.forget();
  if (!retired.ok) return { retirement: null, consistencyToken: null, userErrors: userErrorsOf(retired.problem) };
  const { outcome, token } = retired.value;
  return { retirement: { ...outcome, token }, consistencyToken: token, userErrors: [] };
};
