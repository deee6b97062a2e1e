/** The text of a model: one DSL document, or the modules that an `fga.mod` lists. */
export type ModelSource =
  | { readonly kind: 'dsl'; readonly dsl: string }
  | { readonly kind: 'modules'; readonly modules: readonly ModelModule[] };

export interface ModelModule {
  /** The file's name as `fga.mod` lists it: `music.fga`. */
  readonly name: string;
  readonly dsl: string;
}

/** A place in a model that is wrong; line and column count from 1. */
export interface ModelProblem {
  readonly module: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly message: string;
}

/** `music.fga:24:75: …`, as editors and terminals make links of it. */
export function formatModelProblem(problem: ModelProblem): string {
  const place = [problem.module, problem.line, problem.column].filter((part) => part !== undefined);
  return place.length === 0 ? problem.message : `${place.join(':')}: ${problem.message}`;
}
