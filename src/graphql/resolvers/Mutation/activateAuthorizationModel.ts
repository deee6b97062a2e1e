import { activateModel } from '../../../operations/models/activate-model.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { parseModelId } from '../../authorization-model.ts';
import { checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { previewOf } from '../../model-preview.ts';
import { viewerOf } from '../../request-context.ts';

export const activateAuthorizationModel: NonNullable<MutationResolvers['activateAuthorizationModel']> = async (
  _parent,
  { input },
  context,
) => {
  const activated = await activateModel(context.postern, viewerOf(context), {
    id: parseModelId(input.id) ?? 0,
    written: input.id,
    dryRun: input.dryRun ?? false,
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('activateAuthorizationModel', input),
  });
  context.decisions.forget();
  if (!activated.ok) return { model: null, consistencyToken: null, userErrors: userErrorsOf(activated.problem) };
  const { outcome, token } = activated.value;
  return { model: outcome, ...previewOf(outcome.preview), consistencyToken: token, userErrors: [] };
};
