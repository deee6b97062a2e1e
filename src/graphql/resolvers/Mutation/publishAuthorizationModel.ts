import { limits } from '../../../model/limits.ts';
import { publishModel } from '../../../operations/models/publish-model.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { assertCount, checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { previewOf } from '../../model-preview.ts';
import { modelSourceOf } from '../../model-source.ts';
import { viewerOf } from '../../request-context.ts';
import { selectsAny } from '../../selects-any.ts';

export const publishAuthorizationModel: NonNullable<MutationResolvers['publishAuthorizationModel']> = async (
  _parent,
  { input },
  context,
  info,
) => {
  assertCount(input.modules ?? [], limits.modules.most, 'modules');
  const source = modelSourceOf(input, ['input']);
  if (!source.ok) return { model: null, consistencyToken: null, userErrors: userErrorsOf(source.problem) };
  const published = await publishModel(context.postern, viewerOf(context), {
    source: source.value,
    activate: input.activate ?? false,
    dryRun: input.dryRun ?? false,
    isCompared: selectsAny(info, ['diff', 'impact']),
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('publishAuthorizationModel', input),
  });
  context.decisions.forget();
  if (!published.ok) return { model: null, consistencyToken: null, userErrors: userErrorsOf(published.problem) };
  const { outcome, token } = published.value;
  const { id } = outcome;
  const model = id === undefined ? null : { ...outcome, id };
  return { model, ...previewOf(outcome.preview), consistencyToken: token, userErrors: [] };
};
