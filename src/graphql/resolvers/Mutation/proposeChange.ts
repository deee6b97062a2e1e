import { limits } from '../../../model/limits.ts';
import { proposeChange as propose } from '../../../operations/proposals/propose-change.ts';
import { maxPreconditions } from '../../../operations/relationships/write-relationships.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { assertCount } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { evidenceOf, proposedModelOf, requiredReason } from '../../proposal-input.ts';
import { relationshipOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const proposeChange: NonNullable<MutationResolvers['proposeChange']> = async (_parent, { input }, context) => {
  const [writes, deletes, preconditions] = [input.writes ?? [], input.deletes ?? [], input.preconditions ?? []];
  assertCount([...writes, ...deletes], limits.proposedChanges.most, 'changes');
  assertCount(preconditions, maxPreconditions, 'preconditions');
  assertCount(input.evidence ?? [], limits.evidence.most, 'lines of evidence');
  assertCount(input.model?.modules ?? [], limits.modules.most, 'modules');
  const model = proposedModelOf(input.model);
  if (!model.ok) return { proposal: null, consistencyToken: null, userErrors: userErrorsOf(model.problem) };
  const proposed = await propose(context.postern, viewerOf(context), {
    writes: writes.map(relationshipOf),
    deletes: deletes.map(relationshipOf),
    model: model.value,
    preconditions: preconditions.map(({ exists, ...one }) => ({ exists, relationship: relationshipOf(one) })),
    reason: requiredReason(input.reason),
    evidence: evidenceOf(input.evidence),
    expiresAt: input.expiresAt ?? undefined,
    idempotency: idempotencyOf('proposeChange', input),
  });
  if (!proposed.ok) return { proposal: null, consistencyToken: null, userErrors: userErrorsOf(proposed.problem) };
  return { proposal: proposed.value.outcome, consistencyToken: proposed.value.token, userErrors: [] };
};
