/** What a program can say of the draft of a model, as one JSON. It refuses; whether a draft is good, a person says. */
export interface DraftGrade {
  readonly verdict: 'accepted' | 'refused';
  /** Why it is refused; empty for one that is accepted. */
  readonly reasons: readonly GradeReason[];
  readonly validates: { readonly valid: boolean; readonly problems: readonly string[] };
  readonly tests: PlayedCount;
  readonly invariants: PlayedCount;
  /** Declarations of the old model that the draft lacks or loosens: `must_keep`, `no_self_grant`, `runtime_parameters`. */
  readonly declarations: { readonly lost: readonly string[] };
  /** Undefined where a test fails: such a test would notice every mistake. */
  readonly mutationScore: DraftScore | undefined;
  /** For whom, of the relationships of the tests, something changes; undefined where a test fails. */
  readonly impact: DraftImpact | undefined;
  /** What changes from the old model to the draft, a line for each. */
  readonly changes: readonly string[];
}

/**
 * Why a draft is refused.
 *
 * - `INVALID_MODEL`, `TESTS_NOT_READ`, `NOTHING_ASKED`: there is nothing to go by
 * - `TEST_FAILED`, `INVARIANT_FAILED`: an answer by the draft is not the one that is expected
 * - `DECLARATION_LOST`: the draft takes back what the old model says must hold for every write
 * - `CHANGE_NOT_SHOWN`: no test tells the draft from one without this change
 * - `PERMISSION_NOT_ASKED`: a new permission that is not both allowed and denied in a test
 * - `MISTAKE_NOT_NOTICED`: no test notices a mistake in what was changed
 * - `SCORE_TOO_LOW`: too few mistakes that give more are noticed in the whole of the draft
 * - `GAIN_NOT_EXPECTED`: somebody gains a permission that no test expects them to have
 * - `NOT_COMPARED`: it is not known who gains what
 */
export type GradeCode =
  | 'INVALID_MODEL'
  | 'TESTS_NOT_READ'
  | 'NOTHING_ASKED'
  | 'TEST_FAILED'
  | 'INVARIANT_FAILED'
  | 'DECLARATION_LOST'
  | 'CHANGE_NOT_SHOWN'
  | 'PERMISSION_NOT_ASKED'
  | 'MISTAKE_NOT_NOTICED'
  | 'SCORE_TOO_LOW'
  | 'GAIN_NOT_EXPECTED'
  | 'NOT_COMPARED';

export interface GradeReason {
  readonly code: GradeCode;
  readonly message: string;
}

export interface PlayedCount {
  readonly asked: number;
  readonly failed: number;
  /** The first of them. */
  readonly failures: readonly string[];
}

export interface DraftScore {
  readonly weakening: { readonly killed: number; readonly total: number };
  readonly strengthening: { readonly killed: number; readonly total: number };
  readonly minimumPercent: number;
  readonly notNoticed: readonly string[];
}

export interface DraftImpact {
  /** In sentences, with examples below each. */
  readonly lines: readonly string[];
  /** Pairs of somebody and an object, for each permission. */
  readonly gained: number;
  readonly lost: number;
  readonly isComplete: boolean;
}
