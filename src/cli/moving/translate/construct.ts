/**
 * What became of a part of the source.
 *
 * - `exact`: the same is decided by the same
 * - `helper`: the same is decided with relations or relationships that the source does not have
 * - `changed`: it comes in, and something about it is another; the note says what
 * - `refused`: it does not come in, and neither does what hangs on it
 */
export type ConstructKind = 'exact' | 'helper' | 'changed' | 'refused';

export interface Construct {
  readonly line: number | undefined;
  /** As the source calls it: `permission document#view`. */
  readonly construct: string;
  readonly kind: ConstructKind;
  /** What it is in Postern; nothing for what does not come in. */
  readonly as: string | undefined;
  readonly note: string | undefined;
  /** Of what is refused: the kind that `--allow-refused` takes. */
  readonly refusal?: RefusalKind | undefined;
}

/** Why something does not come in, in the words of `--allow-refused`. */
export const refusalKinds = {
  'all-arrow': 'an arrow over all objects, ".all()"',
  'wildcard-arrow': 'an arrow over everybody',
  parameter: 'a parameter of a type that conditions do not have',
  expression: 'an expression that conditions do not know',
  name: 'a name that cannot be one, or that two things would have',
  model: 'what a model refuses for another reason',
  depends: 'what hangs on something that is refused',
  'long-id': 'an id of more than 256 bytes',
  id: 'an id that cannot be one',
  unknown: 'a relationship that its own model does not admit',
  'subject-type': 'a subject id of Keto whose type nobody said',
  conflict: 'one relationship that is said in two ways',
  context: 'values that the condition does not take',
  assertion: 'an assertion of the source that does not hold',
} as const;

export type RefusalKind = keyof typeof refusalKinds;

export interface RefusedPart {
  readonly kind: RefusalKind;
  readonly why: string;
}
