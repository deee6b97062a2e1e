import { failed, ok, type Result } from '../../../base/result.ts';
import { limits } from '../../../model/limits.ts';
import type { ModelSource } from '../../../model/model-source.ts';
import { publishModel } from '../../../operations/models/publish-model.ts';
import { invalid, type Refusal } from '../../../operations/refusal.ts';
import type { MutationResolvers, PublishAuthorizationModelInput } from '../../__generated__/resolver-types.ts';
import { assertCount, checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { previewOf } from '../../model-preview.ts';
import { viewerOf } from '../../request-context.ts';
import { selectsAny } from '../../selects-any.ts';

export const publishAuthorizationModel: NonNullable<MutationResolvers['publishAuthorizationModel']> = async (
  _parent,
  { input },
  context,
  info,
) => {
  assertCount(input.modules ?? [], limits.modules.most, 'modules');
  const source = sourceOf(input);
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

function sourceOf(input: PublishAuthorizationModelInput): Result<ModelSource, Refusal> {
  const source = givenSource(input);
  if (source === undefined) {
    return failed(invalid('INVALID_INPUT', 'A model is given either as "dsl" or as "modules".', ['input']));
  }
  const texts = source.kind === 'dsl' ? [source.dsl] : source.modules.flatMap(({ name, dsl }) => [name, dsl]);
  if (texts.every(isStorable)) return ok(source);
  const message = 'The model contains a control character, or text that is not well-formed Unicode.';
  return failed(invalid('INVALID_MODEL', message, ['input', source.kind]));
}

function givenSource({ dsl, modules }: PublishAuthorizationModelInput): ModelSource | undefined {
  if (dsl && !modules) return { kind: 'dsl', dsl };
  return modules && modules.length > 0 && !dsl ? { kind: 'modules', modules } : undefined;
}

/** Comments may hold any text and are stored with the rest; what Postgres cannot keep as it is must not get there. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !/(?![\t\n\r])\p{Cc}/u.test(text);
}
