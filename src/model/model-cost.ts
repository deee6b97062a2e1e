import { partsOf } from './rewrite.ts';
import type { UnlinkedModel, UnlinkedRelation, UnlinkedType } from './unlinked-model.ts';

/**
 * Most steps that a model may take to be looked through once. All that is ever worked out about a model grows with them;
 * a text of `limits.modelBytes` has some 50,000 in itself. More come of `viewer from parent` only, which counts every type of
 * `parent`: a thousand such relations over parents of a thousand types would be a million.
 */
export const maxModelSteps = 250_000;

/** How many steps it takes to look through all definitions of a model once, parents included. */
export function modelSteps(model: UnlinkedModel): number {
  let steps = 0;
  for (const { relations } of model.types.values()) {
    for (const relation of relations.values()) steps += relationSteps(relations, relation);
  }
  return steps;
}

function relationSteps(relations: UnlinkedType['relations'], { rewrite, restrictions }: UnlinkedRelation): number {
  let steps = 1 + restrictions.length;
  for (const { leaf } of partsOf(rewrite)) {
    steps += leaf.kind === 'from' ? 1 + (relations.get(leaf.through)?.restrictions.length ?? 0) : 1;
  }
  return steps;
}
