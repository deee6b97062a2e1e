import { assertNever } from '../base/assert-never.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { Decision } from '../model/decision.ts';
import type { Problem, ProblemCode } from '../model/problem.ts';
import { isOfAll } from '../operations/is-of-all.ts';
import type { Refusal } from '../operations/refusal.ts';

/** What an evaluation is answered. Where it is not a decision, `context` says why: a plain "no" has none. */
export interface EvaluationAnswer {
  readonly decision: boolean;
  readonly context?: ReasonContext;
}

export interface ReasonContext {
  readonly code: ProblemCode;
  readonly status: 400;
  readonly error: { readonly status: 400; readonly message: string };
}

const permitted: EvaluationAnswer = { decision: true };
const refused: EvaluationAnswer = { decision: false };

/** A question that has no answer is never allowed, and never looks like a denial. */
export function unanswered(code: ProblemCode, message: string): EvaluationAnswer {
  return { decision: false, context: reasonOf({ code, message }) };
}

export function reasonOf({ code, message }: Pick<Problem, 'code' | 'message'>): ReasonContext {
  return { code, status: 400, error: { status: 400, message } };
}

/** What of a decision is told; a failure where it is about all of them, as an outage is. */
export function answerOf(decision: Decision): Result<EvaluationAnswer, Refusal> {
  switch (decision.kind) {
    case 'allowed':
      return ok(permitted);
    case 'denied':
      return ok(refused);
    case 'undecided': {
      const { problem } = decision;
      return isOfAll(problem) ? failed({ kind: 'undecided', problem }) : ok(unanswered(problem.code, problem.message));
    }
    default:
      return assertNever(decision);
  }
}
