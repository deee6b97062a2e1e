import type { RelationName } from '../../../model/names.ts';
import { transferRole as transfer } from '../../../operations/roles/transfer-role.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { accessPreviewOf } from '../../access-preview.ts';
import { grantParentOf } from '../../access-relationship.ts';
import { checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { viewerOf } from '../../request-context.ts';

export const transferRole: NonNullable<MutationResolvers['transferRole']> = async (_parent, { input }, context) => {
  const { object, role, from, to } = input;
  const transferred = await transfer(context.postern, viewerOf(context), {
    ...{ object, role: role as RelationName, from, to },
    dryRun: input.dryRun ?? false,
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('transferRole', input),
  });
  context.decisions.forget();
  if (!transferred.ok) {
    return { relationship: null, preview: null, consistencyToken: null, userErrors: userErrorsOf(transferred.problem) };
  }
  const { outcome, token, preview } = transferred.value;
  const relationship = grantParentOf(outcome);
  return { relationship, preview: accessPreviewOf(preview), consistencyToken: token, userErrors: [] };
};
