import { failed, ok, type Result } from '../base/result.ts';
import type { ModelSource } from '../model/model-source.ts';
import { invalid, type Refusal } from '../operations/refusal.ts';
import type { PublishAuthorizationModelInput } from './__generated__/resolver-types.ts';

type GivenSource = Pick<PublishAuthorizationModelInput, 'dsl' | 'modules'>;

/** The text of a model, as one or as modules; `field` is where the input names it. */
export function modelSourceOf(input: GivenSource, field: readonly string[]): Result<ModelSource, Refusal> {
  const source = givenSource(input);
  if (source === undefined) {
    return failed(invalid('INVALID_INPUT', 'A model is given either as "dsl" or as "modules".', field));
  }
  const texts = source.kind === 'dsl' ? [source.dsl] : source.modules.flatMap(({ name, dsl }) => [name, dsl]);
  if (texts.every(isStorable)) return ok(source);
  const message = 'The model contains a control character, or text that is not well-formed Unicode.';
  return failed(invalid('INVALID_MODEL', message, [...field, source.kind]));
}

function givenSource({ dsl, modules }: GivenSource): ModelSource | undefined {
  if (dsl && !modules) return { kind: 'dsl', dsl };
  return modules && modules.length > 0 && !dsl ? { kind: 'modules', modules } : undefined;
}

/** Comments may hold any text and are stored with the rest; what Postgres cannot keep as it is must not get there. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !/(?![\t\n\r])\p{Cc}/u.test(text);
}
