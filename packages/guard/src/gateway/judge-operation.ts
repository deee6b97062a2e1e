import type { FieldNode } from 'graphql';
import type { Decision } from '../decision.ts';
import type { OperationAnalysis } from './analyse-operation.ts';
import type { DecidableGuard, GuardedField } from './guarded-field.ts';

export type RefusalCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'AUTHORIZATION_UNAVAILABLE';

/** A field that must not be asked for. */
export interface FieldRefusal {
  readonly field: GuardedField;
  readonly code: RefusalCode;
  /** Null without an error: the schema wants it so, and it was decided. */
  readonly silent: boolean;
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
    const code = judgeGuard(guard, decisions);
    if (code === undefined) continue;
    return { field, code, silent: guard.onDeny === 'NULL' && code !== 'AUTHORIZATION_UNAVAILABLE' };
  }
  return undefined;
}

function judgeGuard({ checks }: DecidableGuard, decisions: readonly Decision[]): RefusalCode | undefined {
  if (checks === undefined) return 'FORBIDDEN';
  const kinds = new Set(checks.map((place) => decisions[place]?.kind ?? 'undecided'));
  if (kinds.has('unauthenticated')) return 'UNAUTHENTICATED';
  if (kinds.has('denied')) return 'FORBIDDEN';
  return [...kinds].every((kind) => kind === 'allowed') ? undefined : 'AUTHORIZATION_UNAVAILABLE';
}

/** What a client reads; the code is for its program. */
export function refusalMessage(code: RefusalCode): string {
  switch (code) {
    case 'UNAUTHENTICATED':
      return 'This needs a valid token.';
    case 'FORBIDDEN':
      return 'You may not do this.';
    case 'AUTHORIZATION_UNAVAILABLE':
      return 'Permissions cannot be decided at the moment; try again.';
  }
}
