import { formatModelProblem, type ModelProblem, type Place } from '../model/model-source.ts';
import type { Problem } from '../model/problem.ts';
import type { GrantOutcome } from './relationship-record.ts';

/** Why an operation did nothing. */
export type Refusal =
  /** The actor may not do this. */
  | { readonly kind: 'forbidden'; readonly message: string }
  /** Whether the actor may do this could not be decided; that is not the same as no. */
  | { readonly kind: 'undecided'; readonly problem: Problem }
  /** The input asks for something that is not there or not valid; by its field. */
  | { readonly kind: 'invalid'; readonly errors: readonly InputError[] };

export type InputErrorCode =
  | 'ALREADY_EXISTS'
  | 'APPROVAL_NOT_ALLOWED'
  | 'CONFLICT'
  | 'DELEGATE_NOT_ALLOWED'
  | 'DIGEST_MISMATCH'
  | 'DUPLICATE_RELATIONSHIP'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'INVALID_CONTEXT'
  | 'INVALID_INPUT'
  | 'INVALID_MODEL'
  | 'INVALID_RELATIONSHIP'
  | 'LAST_HOLDER'
  | 'LOGIN_TOO_OLD'
  | 'MODEL_NOT_READ'
  | 'MODEL_TOO_COSTLY'
  | 'NOT_FOUND'
  | 'PRECONDITION_FAILED'
  | 'PROPOSAL_NOT_OPEN'
  | 'SELF_APPROVAL'
  | 'SELF_GRANT'
  | 'STALE'
  | 'TOO_FAR_REACHING'
  | 'TOO_MANY_PROPOSALS'
  | 'UNKNOWN_CONDITION'
  | 'UNKNOWN_MODEL'
  | 'UNKNOWN_RELATION'
  | 'UNKNOWN_TYPE';

export interface InputError {
  readonly code: InputErrorCode;
  readonly message: string;
  /** The path of the input's field: `["input", "role"]`. */
  readonly field: readonly string[];
  /** What is stored, where that is what stands in the way. */
  readonly current?: GrantOutcome | undefined;
  /** Where in the text of a model it is, where it is somewhere. */
  readonly place?: Place | undefined;
}

export function invalid(
  code: InputErrorCode,
  message: string,
  field: readonly string[],
  current?: GrantOutcome,
): Refusal {
  return { kind: 'invalid', errors: [{ code, message, field, ...(current && { current }) }] };
}

/** Why a text is not taken as a model, problem by problem. */
export function refusedModel(problems: readonly ModelProblem[], field: readonly string[]): Refusal {
  const errors = problems.map((found) => {
    const { code, module, line, column } = found;
    const isSomewhere = module !== undefined || line !== undefined;
    const place = isSomewhere ? { module, line, column } : undefined;
    return { code, message: formatModelProblem(found), field, place };
  });
  return { kind: 'invalid', errors };
}

/** A problem of the model language, as the error of an input's field. */
export function inputErrorOf(problem: Problem, field: readonly string[]): InputError {
  return { code: inputCodeOf(problem), message: problem.message, field };
}

function inputCodeOf({ code }: Problem): InputErrorCode {
  switch (code) {
    case 'UNKNOWN_TYPE':
    case 'UNKNOWN_RELATION':
    case 'UNKNOWN_CONDITION':
    case 'INVALID_RELATIONSHIP':
    case 'INVALID_CONTEXT':
      return code;
    default:
      return 'INVALID_INPUT';
  }
}

/** Everything that is wrong, in sentences. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'forbidden':
      return refusal.message;
    case 'undecided':
      return refusal.problem.message;
    case 'invalid':
      return refusal.errors.map(({ message }) => message).join(' ');
  }
}
