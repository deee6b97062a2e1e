import { failed, ok, type Result } from '../../base/result.ts';
import type { Model } from '../../model/model.ts';
import type { Relationship } from '../../model/relationship.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import { type InputError, inputErrorOf, type Refusal } from '../refusal.ts';

/**
 * Whether the model would let each relationship be written that comes with a question: what could not be stored must not
 * decide either. `field` is the path of their list in the input.
 */
export function validateContextual(
  model: Model,
  contextual: readonly Relationship[],
  field: readonly string[],
): Result<undefined, Refusal> {
  const errors = contextual.flatMap((relationship, index): readonly InputError[] => {
    const valid = validateRelationship(model, relationship);
    return valid.ok ? [] : [inputErrorOf(valid.problem, [...field, String(index)])];
  });
  return errors.length === 0 ? ok(undefined) : failed({ kind: 'invalid', errors });
}
