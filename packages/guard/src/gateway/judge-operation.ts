import type { FieldNode } from 'graphql';
import type { Decision } from '../decision.ts';
import type { OperationAnalysis } from './analyse-operation.ts';
import type { DecidableGuard, GuardedField } from './guarded-field.ts';

export type Refusing = Exclude<Decision, { readonly kind: 'allowed' }>;

/** A field that must not be asked for. */
export interface FieldRefusal {
  readonly field: GuardedField;
  readonly guard: DecidableGuard;
  readonly decision: Refusing;
  /** Null without an error: the schema wants it so, and it was decided. */
  readonly isSilent: boolean;
}

/** What the decisions refuse; a missing decision is no decision, and never allows. */
export function judgeOperation(
  { fields }: OperationAnalysis,
  decisions: readonly Decision[],
): ReadonlyMap<FieldNode, FieldRefusal> {
  const refusals = new Map<FieldNode, FieldRefusal>();
  for (const [node, field] of fields) {
    const refusal = judgeField(field, decisions);
    if (refusal !== undefined) refusals.set(node, refusal);
  }
  return refusals;
}

/** The first guard that refuses says how. */
function judgeField(field: GuardedField, decisions: readonly Decision[]): FieldRefusal | undefined {
  for (const guard of field.guards) {
    const decision = judgeGuard(guard, decisions);
    if (decision === undefined) continue;
    return { field, guard, decision, isSilent: guard.onDeny === 'NULL' && decision.kind !== 'undecided' };
  }
  return undefined;
}

/** The first answer that does not allow, so that a "no" is no accident of an outage elsewhere. */
function judgeGuard({ checks }: DecidableGuard, decisions: readonly Decision[]): Refusing | undefined {
  if (checks === undefined) return { kind: 'denied' };
  const refusing = checks.map((place) => decisions[place] ?? unanswered).filter((decision) => isRefusing(decision));
  return refusing.find(({ kind }) => kind !== 'undecided') ?? refusing[0];
}

function isRefusing(decision: Decision): decision is Refusing {
  return decision.kind !== 'allowed';
}

const unanswered: Refusing = { kind: 'undecided', reason: 'The check was not answered.' };
