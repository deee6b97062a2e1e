import { definitionsIn, keyOf, type Spot } from './find-place.ts';
import type { ModelModule, ModelSource } from './model-source.ts';

/** What is written around a definition. */
export interface WrittenAround {
  /** The module that it is in; undefined in a model of one text. */
  readonly module: string | undefined;
  /** The comment lines right above it, as they stand; undefined where there are none. */
  readonly description: string | undefined;
  /** Its place in the order in which definitions are written. */
  readonly position: number;
}

/** What the text of a model says about its definitions to people. */
export interface ModelDescriptions {
  of(spot: Spot): WrittenAround;
}

const nothing: WrittenAround = { module: undefined, description: undefined, position: 0 };

/** For a model whose text is not at hand. */
export const noDescriptions: ModelDescriptions = { of: () => nothing };

/** Reads them in time that grows with the text. What extends a type says nothing of the type. */
export function readDescriptions(source: ModelSource): ModelDescriptions {
  const texts: readonly Partial<ModelModule>[] = source.kind === 'dsl' ? [{ dsl: source.dsl }] : source.modules;
  const found = new Map<string, WrittenAround>();
  for (const { name: module, dsl = '' } of texts) {
    for (const { spot, isExtension, comment } of definitionsIn(dsl)) {
      const key = keyOf(spot);
      if (found.has(key) || (isExtension && spot.kind === 'type')) continue;
      const description = comment.length === 0 ? undefined : comment.join('\n');
      found.set(key, { module, description, position: found.size });
    }
  }
  return { of: (spot) => found.get(keyOf(spot)) ?? nothing };
}
