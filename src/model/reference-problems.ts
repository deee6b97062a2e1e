import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import type { ModelFlaw } from './document-problems.ts';
import type { NamedPart } from './find-place.ts';
import type { Restriction } from './model.ts';
import { isDirect, partsOf } from './rewrite.ts';
import type { UnlinkedLeaf, UnlinkedModel, UnlinkedRelation } from './unlinked-model.ts';

/** More problems are not looked for: whoever has so many mends the first ones first. */
export const maxProblems = 50;

/** Names in definitions that the model does not have, and parents that cannot be such. */
export function referenceProblems(model: UnlinkedModel): readonly ModelFlaw[] {
  const flaws: ModelFlaw[] = [];
  for (const { relations } of model.types.values()) {
    for (const relation of relations.values()) {
      flaws.push(...flawsOf(model, relation));
      if (flaws.length >= maxProblems) return flaws;
    }
  }
  return flaws;
}

function flawsOf(model: UnlinkedModel, relation: UnlinkedRelation): readonly ModelFlaw[] {
  const { type, name, restrictions, rewrite } = relation;
  const flaws: ModelFlaw[] = [];
  const found = (message: string, part: NamedPart | undefined) => {
    if (flaws.length < maxProblems) {
      flaws.push({ spot: { kind: 'relation', type, relation: name, part }, message });
    }
  };
  const leaves = partsOf(rewrite).map(({ leaf }) => leaf);
  if (leaves.some(({ kind }) => kind === 'direct') && restrictions.length === 0) {
    found(`The relation ${quote(name)} is assigned directly, but names no types.`, undefined);
  }
  for (const restriction of restrictions) {
    if (flaws.length >= maxProblems) break;
    checkRestriction(model, restriction, found);
  }
  for (const leaf of leaves) {
    if (flaws.length >= maxProblems) break;
    checkLeaf(model, relation, leaf, found);
  }
  return flaws;
}

type Found = (message: string, part: NamedPart | undefined) => void;

function checkRestriction(model: UnlinkedModel, restriction: Restriction, found: Found): void {
  const type = model.types.get(restriction.type);
  if (type === undefined) {
    const near = didYouMean(restriction.type, model.types.keys());
    found(`Unknown type ${quote(restriction.type)}.${near}`, { name: restriction.type });
    return;
  }
  if (restriction.kind === 'set' && !type.relations.has(restriction.relation)) {
    found(unknownRelation(model, type.name, restriction.relation), { name: restriction.relation, behind: '#' });
  }
  const { condition } = restriction;
  if (condition !== undefined && !model.conditions.has(condition)) {
    const near = didYouMean(condition, model.conditions.keys());
    found(`Unknown condition ${quote(condition)}.${near}`, { name: condition, behind: 'with' });
  }
}

function checkLeaf(model: UnlinkedModel, { type }: UnlinkedRelation, leaf: UnlinkedLeaf, found: Found): void {
  if (leaf.kind === 'direct') return;
  const relations = model.types.get(type)?.relations;
  const name = leaf.kind === 'computed' ? leaf.relation : leaf.through;
  const part: NamedPart = leaf.kind === 'computed' ? { name } : { name, behind: 'from' };
  const relation = relations?.get(name);
  if (relation === undefined) found(unknownRelation(model, type, name), part);
  const problem = relation && leaf.kind === 'from' && parentProblem(model, relation, leaf.relation);
  if (problem) found(problem.message, problem.isAboutParents ? part : { name: leaf.relation });
}

/** Parents must be plain objects that are written as such: anything else would make membership of a parent ambiguous. */
function parentProblem(
  model: UnlinkedModel,
  through: UnlinkedRelation,
  name: string,
): { readonly message: string; readonly isAboutParents: boolean } | undefined {
  if (!isDirect(through.rewrite) || through.restrictions.some(({ kind }) => kind !== 'object')) {
    const message = `The relation ${quote(through.name)} stands behind "from", so it must be assigned directly, to objects only.`;
    return { message, isAboutParents: true };
  }
  const parents = through.restrictions.map(({ type }) => model.types.get(type));
  if (parents.some((parent) => parent?.relations.has(name))) return undefined;
  // A type that is not known is a problem of its own.
  if (parents.some((parent) => parent === undefined)) return undefined;
  const near = didYouMean(name, new Set(parents.flatMap((parent) => [...(parent?.relations.keys() ?? [])])));
  const message = `No type of the relation ${quote(through.name)} has a relation ${quote(name)}.${near}`;
  return { message, isAboutParents: false };
}

function unknownRelation(model: UnlinkedModel, type: string, name: string): string {
  const relations = model.types.get(type)?.relations;
  return `The type ${quote(type)} has no relation ${quote(name)}.${didYouMean(name, relations?.keys() ?? [])}`;
}
