/** Why a question has no answer, or why something cannot be written. */
export type ProblemCode =
  | 'UNKNOWN_TYPE'
  | 'UNKNOWN_RELATION'
  | 'UNKNOWN_CONDITION'
  | 'INVALID_SUBJECT'
  | 'INVALID_RELATIONSHIP'
  | 'MISSING_CONTEXT'
  | 'INVALID_CONTEXT'
  | 'CONDITION_FAILED'
  | 'RESOLUTION_TOO_COMPLEX'
  | 'BAD_USER_INPUT'
  | 'HISTORY_DIVERGED'
  | 'DELEGATE_NOT_ALLOWED'
  | 'DELEGATION_UNDEFINED'
  | 'AUTHORIZATION_UNAVAILABLE'
  | 'OVERLOADED'
  | 'TOO_MANY_REQUESTS';

/** An expected problem: a code for programs and one sentence for people. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  /** When it is worth asking again. */
  readonly retryAfterSeconds?: number;
}

export function problem(code: ProblemCode, message: string): Problem {
  return { code, message };
}
