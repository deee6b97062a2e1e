import type { Check } from '../../engine/check/check.ts';
import type { Model } from '../../model/model.ts';

/** How a question is understood that comes in other words than the model's. */
export interface Wording {
  /** The relation that a name means for objects of a type, under the model that decides. */
  readonly relationOf: (model: Model, type: string, name: string) => string;
  /** Whether values that nobody may send count for nothing, as if they were not there, instead of being refused. */
  readonly leavesOut: boolean;
}

/** The same checks in the words of the model. */
export function inWordsOf(
  model: Model,
  checks: readonly Check[],
  wording: Pick<Wording, 'relationOf'> | undefined,
): readonly Check[] {
  if (wording === undefined) return checks;
  return checks.map((check) => {
    const relation = wording.relationOf(model, check.object.type, check.relation);
    return relation === check.relation ? check : { ...check, relation };
  });
}
