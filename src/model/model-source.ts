/** The text of a model: one DSL document, or the modules that an `fga.mod` lists. */
export type ModelSource =
  | { readonly kind: 'dsl'; readonly dsl: string }
  | { readonly kind: 'modules'; readonly modules: readonly ModelModule[] };

export interface ModelModule {
  /** The file's name as `fga.mod` lists it: `music.fga`. */
  readonly name: string;
  readonly dsl: string;
}

/** Where something is in the text of a model; line and column count from 1. */
export interface Place {
  readonly module: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export const nowhere: Place = { module: undefined, line: undefined, column: undefined };

/**
 * Why a text is not taken as a model.
 *
 * - `INVALID_MODEL`: the text is wrong
 * - `MODEL_TOO_COSTLY`: it may be right, but is too large, or takes too much to read or to look through
 * - `MODEL_NOT_READ`: nobody knows, for it could not be read at this time
 */
export type ModelProblemCode = 'INVALID_MODEL' | 'MODEL_TOO_COSTLY' | 'MODEL_NOT_READ';

/** A reason why a text is not taken, and its place in the text where there is one. */
export interface ModelProblem extends Place {
  readonly code: ModelProblemCode;
  readonly message: string;
}

export function invalidModel(message: string, place: Place = nowhere): ModelProblem {
  return { ...place, code: 'INVALID_MODEL', message };
}

export function modelNotRead(message: string): ModelProblem {
  return { ...nowhere, code: 'MODEL_NOT_READ', message };
}

export function modelTooCostly(message: string, place: Place = nowhere): ModelProblem {
  return { ...place, code: 'MODEL_TOO_COSTLY', message };
}

/** `music.fga:24:75: …`, as editors and terminals make links of it. */
export function formatModelProblem(problem: ModelProblem): string {
  const place = [problem.module, problem.line, problem.column].filter((part) => part !== undefined);
  return place.length === 0 ? problem.message : `${place.join(':')}: ${problem.message}`;
}
