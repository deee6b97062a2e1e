import { failed, ok, type Result } from '../../base/result.ts';
import { findRelation, findType, type Model } from '../../model/model.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import type { Insiders } from './find-outsiders.ts';
import { type FindingsQuestion, mostSteps } from './findings-question.ts';
import { mostDays } from './use-window.ts';

/** Who is inside, where somebody can say: the set that was named, or the members of the object; or why the question is none. */
export function judgeFindingsQuestion(
  model: Model,
  { object, insiders, steps, kinds, days }: Omit<FindingsQuestion, 'first' | 'after' | 'includeContained'>,
): Result<Insiders | undefined, Refusal> {
  const type = findType(model, object.type);
  if (!type.ok) return failed({ kind: 'undecided', problem: type.problem });
  if (kinds.length === 0)
    return failed(invalid('INVALID_INPUT', 'There is no kind of finding to look for.', ['kinds']));
  if (!Number.isInteger(steps) || steps < 1 || steps > mostSteps) {
    return failed(invalid('INVALID_INPUT', `"steps" is ${steps}; it must be from 1 to ${mostSteps}.`, ['steps']));
  }
  if (!Number.isInteger(days) || days < 1 || days > mostDays) {
    return failed(invalid('INVALID_INPUT', `"days" is ${days}; it must be from 1 to ${mostDays}.`, ['days']));
  }
  if (insiders === undefined)
    return ok(type.value.relations.has('member') ? { object, relation: 'member' } : undefined);
  const known = findRelation(model, insiders.object.type, insiders.relation, 'administrator');
  return known.ok ? ok(insiders) : failed({ kind: 'invalid', errors: [inputErrorOf(known.problem, ['insiders'])] });
}
