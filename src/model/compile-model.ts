import type { Result } from '../base/result.ts';
import type { ModelFlaw } from './document-problems.ts';
import { linkModel } from './link-model.ts';
import type { Model } from './model.ts';
import type { ModelDocument } from './model-document.ts';
import { readDefinitions, type WrongConditions } from './read-definitions.ts';

/** Turns OpenFGA's JSON into a model whose names are found; in time that grows with its size, and with the types of parents. */
export function compileModel(
  document: ModelDocument,
  wrongConditions: WrongConditions = 'refused',
): Result<Model, readonly ModelFlaw[]> {
  const unlinked = readDefinitions(document, wrongConditions);
  return unlinked.ok ? linkModel(unlinked.value) : unlinked;
}
