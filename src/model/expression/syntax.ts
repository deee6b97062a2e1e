import type { Value } from './values.ts';

/** An expression as it is written, its macros replaced by what they stand for. `at` is where it begins, in UTF-16 units. */
export type Expression =
  | { readonly kind: 'literal'; readonly at: number; readonly value: Value }
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | Select
  | Call
  | { readonly kind: 'list'; readonly at: number; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly at: number; readonly entries: readonly (readonly [Expression, Expression])[] }
  | Message
  | Fold;

export interface Select {
  readonly kind: 'select';
  readonly at: number;
  readonly of: Expression;
  readonly field: string;
  /** Asks whether the field is there: `has(of.field)`. */
  readonly isTest: boolean;
}

export interface Call {
  readonly kind: 'call';
  readonly at: number;
  /** Of a function, or of an operator: `_+_`, `!_`. */
  readonly name: string;
  /** What the function is called on: `target.name(…)`. */
  readonly target: Expression | undefined;
  readonly inputs: readonly Expression[];
}

export interface Message {
  readonly kind: 'message';
  readonly at: number;
  readonly name: string;
  readonly fields: readonly (readonly [name: string, value: Expression])[];
}

/** Goes through the elements of a list or the keys of a map; what all macros but `has` come down to. */
export interface Fold {
  readonly kind: 'fold';
  readonly at: number;
  readonly range: Expression;
  /** The name of an element inside of `goOn` and `step`. */
  readonly element: string;
  readonly start: Expression;
  readonly goOn: Expression;
  readonly step: Expression;
  readonly result: Expression;
}

/** The name of what a fold has gathered so far; nobody can write it. */
export const gathered = '@result';

/** Why a text is no expression, and where. */
export class SyntaxProblem extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}
