import { revokeRole as revoke } from '../../../operations/roles/revoke-role.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { accessPreviewOf } from '../../access-preview.ts';
import { grantParentOf } from '../../access-relationship.ts';
import { checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { relationshipOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const revokeRole: NonNullable<MutationResolvers['revokeRole']> = async (_parent, { input }, context) => {
  const { object, role, subject } = input;
  const revoked = await revoke(context.postern, viewerOf(context), {
    relationship: relationshipOf({ object, relation: role, subject }),
    dryRun: input.dryRun ?? false,
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('revokeRole', input),
  });
  context.decisions.forget();
  if (!revoked.ok)
    return { relationship: null, preview: null, consistencyToken: null, userErrors: userErrorsOf(revoked.problem) };
  const { outcome, token, preview } = revoked.value;
  const relationship = grantParentOf(outcome);
  return { relationship, preview: accessPreviewOf(preview), consistencyToken: token, userErrors: [] };
};
