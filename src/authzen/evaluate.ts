import { invariant } from '../base/invariant.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { checkForAsker } from '../operations/access/check-for-asker.ts';
import type { Refusal } from '../operations/refusal.ts';
import { type Asking, type AuthzenDoor, malformed } from './authzen-door.ts';
import { answerOf, type EvaluationAnswer, unanswered } from './evaluation-answer.ts';
import { ContextReader } from './read-context.ts';
import { readEvaluation } from './read-evaluation.ts';
import type { Sent } from './read-members.ts';

/** Answers one evaluation. */
export async function evaluate(
  { ids, wording }: AuthzenDoor,
  { postern, asker, consistency }: Asking,
  sent: Sent,
): Promise<Result<EvaluationAnswer, Refusal>> {
  const evaluation = readEvaluation(sent, ids, new ContextReader());
  if (!evaluation.ok) return failed(malformed(evaluation.problem));
  if (evaluation.value.kind === 'unnamable') return ok(unanswered('BAD_USER_INPUT', evaluation.value.message));
  const checks = [evaluation.value.check];
  const answered = await checkForAsker(postern, asker, { checks, consistency, wording });
  if (!answered.ok) return answered;
  const [decision] = answered.value;
  invariant(decision !== undefined, 'a check is decided');
  return answerOf(decision);
}
