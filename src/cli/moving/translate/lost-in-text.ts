import { tokensOf } from '../../../model/expression/tokens.ts';
import type { ModelDocument } from '../../../model/model-document.ts';
import type { TargetConditionOf } from './target-model.ts';

/** Conditions whose expression is another one once it was written into a model and read again. */
export function lostInText<Source>(
  conditions: readonly TargetConditionOf<Source>[],
  { conditions: read = {} }: ModelDocument,
): readonly { readonly source: Source; readonly why: string }[] {
  const byName = new Map(Object.entries(read));
  return conditions.flatMap(({ name, lines, source }) => {
    const written = lines.slice(1, -1).join('\n');
    const kept = byName.get(name)?.expression ?? '';
    return isSameExpression(written, kept)
      ? []
      : [{ source, why: 'A model cannot hold this expression as it is written.' }];
  });
}

function isSameExpression(left: string, right: string): boolean {
  const words = (text: string) => JSON.stringify(tokensOf(text).map(({ kind, text: word }) => [kind, word]));
  return words(left) === words(right);
}
