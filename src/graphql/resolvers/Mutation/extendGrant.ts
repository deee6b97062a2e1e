import { extendGrant as extend } from '../../../operations/roles/extend-grant.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { accessPreviewOf } from '../../access-preview.ts';
import { grantParentOf } from '../../access-relationship.ts';
import { checkedReason } from '../../checked-arguments.ts';
import { badInput, userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { conditionOf, relationshipOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const extendGrant: NonNullable<MutationResolvers['extendGrant']> = async (_parent, { input }, context) => {
  const { object, role, subject, startsAt, expiresAt, condition } = input;
  if (startsAt === undefined && expiresAt === undefined && condition === undefined)
    throw badInput('None of "startsAt", "expiresAt" and "condition" is given.');
  const extended = await extend(context.postern, viewerOf(context), {
    relationship: relationshipOf({ object, relation: role, subject }),
    startsAt,
    expiresAt,
    condition: condition && conditionOf(condition),
    dryRun: input.dryRun ?? false,
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('extendGrant', input),
  });
  context.decisions.forget();
  if (!extended.ok)
    return { relationship: null, preview: null, consistencyToken: null, userErrors: userErrorsOf(extended.problem) };
  const { outcome, token, preview } = extended.value;
  const relationship = grantParentOf(outcome);
  return { relationship, preview: accessPreviewOf(preview), consistencyToken: token, userErrors: [] };
};
