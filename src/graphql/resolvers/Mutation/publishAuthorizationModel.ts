import type { ModelSource } from '../../../model/model-source.ts';
import { publishModel } from '../../../operations/publish-model.ts';
import { invalid } from '../../../operations/refusal.ts';
import type { MutationResolvers, PublishAuthorizationModelInput } from '../../__generated__/resolver-types.ts';
import { userErrorsOf } from '../../errors.ts';
import { assertCount, checkedReason } from '../../limits.ts';
import { viewerOf } from '../../request-context.ts';

const maxModules = 100;

export const publishAuthorizationModel: NonNullable<MutationResolvers['publishAuthorizationModel']> = async (
  _parent,
  { input },
  context,
) => {
  assertCount(input.modules ?? [], maxModules, 'modules');
  const source = sourceOf(input);
  if (source === undefined) {
    const wrong = invalid('INVALID_INPUT', 'A model is given either as "dsl" or as "modules".', ['input']);
    return { model: null, consistencyToken: null, userErrors: userErrorsOf(wrong) };
  }
  const published = await publishModel(context.postern, viewerOf(context), {
    source,
    activate: input.activate ?? false,
    dryRun: input.dryRun ?? false,
    reason: checkedReason(input.reason),
  });
  context.decisions.forget();
  if (!published.ok) return { model: null, consistencyToken: null, userErrors: userErrorsOf(published.problem) };
  const { outcome, token } = published.value;
  const { id } = outcome;
  return { model: id === undefined ? null : { ...outcome, id }, consistencyToken: token, userErrors: [] };
};

function sourceOf({ dsl, modules }: PublishAuthorizationModelInput): ModelSource | undefined {
  if (dsl && !modules) return { kind: 'dsl', dsl };
  return modules && modules.length > 0 && !dsl ? { kind: 'modules', modules } : undefined;
}
