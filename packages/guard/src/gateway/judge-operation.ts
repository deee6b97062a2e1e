import type { FieldNode } from 'graphql';
import type { Decision, PermissionCheck } from '../decision.ts';
import { combine, isRefusal } from '../judge.ts';
import type { OperationAnalysis } from './analyse-operation.ts';
import type { DecidableGuard, GuardedField } from './guarded-field.ts';

/** What was answered to the checks of an operation. */
export interface Answers {
  /** In the order of the checks. */
  readonly decisions: readonly Decision[];
  /** What holds where an argument names no object. */
  readonly withoutObject: Refusing;
}

export type Refusing = Exclude<Decision, { readonly kind: 'allowed' }>;

/** The same for every check, and where there is no object: when nothing could be asked. */
export function refuseAll(checks: readonly PermissionCheck[], decision: Refusing): Answers {
  return { decisions: checks.map(() => decision), withoutObject: decision };
}

/** A field that must not be asked for. */
export interface FieldRefusal {
  readonly field: GuardedField;
  /** The guard that clients are told of. */
  readonly guard: DecidableGuard;
  readonly decision: Refusing;
  /** Null without an error: every guard that says no wants it so. */
  readonly isSilent: boolean;
}

/** What the answers refuse, told as a guard in the subgraph tells it. A check without an answer is refused. */
export function judgeOperation({ fields }: OperationAnalysis, answers: Answers): ReadonlyMap<FieldNode, FieldRefusal> {
  const refusals = new Map<FieldNode, FieldRefusal>();
  for (const [node, field] of fields) {
    const refusal = judgeField(field, answers);
    if (refusal !== undefined) refusals.set(node, refusal);
  }
  return refusals;
}

function judgeField(field: GuardedField, answers: Answers): FieldRefusal | undefined {
  const verdicts = field.guards.map((guard) => ({ guard, decision: decisionOf(guard, answers) }));
  const decision = combine(verdicts.map((verdict) => verdict.decision));
  if (decision.kind === 'allowed') return undefined;
  const told = verdicts.find((verdict) => verdict.decision.kind === decision.kind);
  const refusals = verdicts.filter((verdict) => isRefusal(verdict.decision));
  const isSilent = refusals.length > 0 && refusals.every(({ guard }) => guard.onDeny === 'NULL');
  return told && { field, guard: told.guard, decision, isSilent };
}

function decisionOf({ checks }: DecidableGuard, { decisions, withoutObject }: Answers): Decision {
  if (checks === 'none') return withoutObject;
  if (checks === 'unknown') return unread;
  return combine(checks.map((place) => decisions[place] ?? unanswered));
}

const unanswered: Refusing = { kind: 'undecided', reason: 'The check was not answered.' };
const unread: Refusing = {
  kind: 'undecided',
  reason: 'This version of graphql-js gives its variables in an unknown way.',
};
