import { grantRole as grant } from '../../../operations/roles/grant-role.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { accessPreviewOf } from '../../access-preview.ts';
import { grantParentOf } from '../../access-relationship.ts';
import { checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { relationshipOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const grantRole: NonNullable<MutationResolvers['grantRole']> = async (_parent, { input }, context) => {
  const granted = await grant(context.postern, viewerOf(context), {
    relationship: relationshipOf({ ...input, relation: input.role }),
    dryRun: input.dryRun ?? false,
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('grantRole', input),
  });
  context.decisions.forget();
  if (!granted.ok)
    return { relationship: null, preview: null, consistencyToken: null, userErrors: userErrorsOf(granted.problem) };
  const { outcome, token, preview } = granted.value;
  const relationship = grantParentOf(outcome);
  return { relationship, preview: accessPreviewOf(preview), consistencyToken: token, userErrors: [] };
};
