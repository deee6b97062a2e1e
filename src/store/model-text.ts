import type { ModelModule, ModelSource } from '../model/model-source.ts';

/** The text of a published model. */
export interface ModelText {
  /** As one text, for modules as well: what decides. It has lost the comments of modules. */
  readonly source: ModelSource;
  /** As it was published; undefined where that was one text. */
  readonly modules: readonly ModelModule[] | undefined;
}

/** What people wrote. */
export function writtenSource({ source, modules }: ModelText): ModelSource {
  return modules === undefined ? source : { kind: 'modules', modules };
}
