import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import { declarationProblems } from './declarations.ts';
import { guardedRoleProblems } from './guarded-role.ts';
import type { Model, Relation, Restriction } from './model.ts';
import type { Rewrite } from './rewrite.ts';

/** What is wrong with a relation of a model. */
export interface RelationProblem {
  readonly relation: Relation;
  readonly message: string;
}

/**
 * Everything that makes a model unusable, though it can be parsed (OpenFGA, `typesystem.validate`).
 *
 * `@openfga/syntax-transformer` finds most of it first, with better places. It is checked again because that validator
 * gives up silently on some models (modules whose parents all have a condition), and nothing unchecked may be stored.
 */
export function validateModel(model: Model): readonly RelationProblem[] {
  const relations = [...model.types.values()].flatMap((type) => [...type.relations.values()]);
  const problems = relations.flatMap((relation) => {
    const messages = [...restrictionProblems(model, relation), ...rewriteProblems(model, relation, relation.rewrite)];
    return messages.map((message) => ({ relation, message }));
  });
  if (problems.length > 0) return problems;
  const declared = declarationProblems(model);
  if (declared.length > 0) return declared;
  const open = guardedRoleProblems(model);
  return open.length > 0 ? open : withoutEntryPoint(model, relations);
}

function restrictionProblems(model: Model, relation: Relation): readonly string[] {
  const isDirect = hasDirect(relation.rewrite);
  const needed = `The relation ${quote(relation.name)} is assigned directly, but names no types.`;
  if (isDirect && relation.restrictions.length === 0) return [needed];
  return relation.restrictions.flatMap((restriction) => restrictionProblem(model, restriction) ?? []);
}

function restrictionProblem(model: Model, restriction: Restriction): string | undefined {
  const type = model.types.get(restriction.type);
  if (type === undefined) {
    return `Unknown type ${quote(restriction.type)}.${didYouMean(restriction.type, model.types.keys())}`;
  }
  if (restriction.kind === 'set' && !type.relations.has(restriction.relation)) {
    return `The type ${quote(type.name)} has no relation ${quote(restriction.relation)}.${didYouMean(restriction.relation, type.relations.keys())}`;
  }
  const { condition } = restriction;
  if (condition !== undefined && !model.conditions.has(condition)) {
    return `Unknown condition ${quote(condition)}.${didYouMean(condition, model.conditions.keys())}`;
  }
  return undefined;
}

function rewriteProblems(model: Model, relation: Relation, rewrite: Rewrite): readonly string[] {
  switch (rewrite.kind) {
    case 'direct':
      return [];
    case 'computed':
      return unknownRelation(model, relation, rewrite.relation);
    case 'from':
      return fromProblems(model, relation, rewrite);
    case 'union':
    case 'intersection':
      return rewrite.operands.flatMap((operand) => rewriteProblems(model, relation, operand));
    case 'exclusion':
      return [rewrite.base, rewrite.subtracted].flatMap((operand) => rewriteProblems(model, relation, operand));
  }
}

/** Parents must be plain objects that are written as such: anything else would make membership of a parent ambiguous. */
function fromProblems(
  model: Model,
  relation: Relation,
  rewrite: Extract<Rewrite, { kind: 'from' }>,
): readonly string[] {
  const through = model.types.get(relation.type)?.relations.get(rewrite.through);
  if (through === undefined) return unknownRelation(model, relation, rewrite.through);
  if (through.rewrite.kind !== 'direct' || through.restrictions.some(({ kind }) => kind !== 'object')) {
    return [
      `The relation ${quote(through.name)} stands behind "from", so it must be assigned directly, to objects only.`,
    ];
  }
  const parents = through.restrictions.map(({ type }) => model.types.get(type));
  if (parents.some((parent) => parent?.relations.has(rewrite.relation))) return [];
  return [`No type of the relation ${quote(through.name)} has a relation ${quote(rewrite.relation)}.`];
}

function unknownRelation(model: Model, { type }: Relation, name: string): readonly string[] {
  const relations = model.types.get(type)?.relations;
  if (relations?.has(name)) return [];
  return [`The type ${quote(type)} has no relation ${quote(name)}.${didYouMean(name, relations?.keys() ?? [])}`];
}

/** Relations that nobody can ever hold: nothing that is written leads to them. Circles of computed relations are such. */
function withoutEntryPoint(model: Model, relations: readonly Relation[]): readonly RelationProblem[] {
  const entered = new Set<Relation>();
  let grown = true;
  while (grown) {
    grown = false;
    for (const relation of relations) {
      if (entered.has(relation) || !isEntered(model, entered, relation, relation.rewrite)) continue;
      entered.add(relation);
      grown = true;
    }
  }
  return relations
    .filter((relation) => !entered.has(relation))
    .map((relation) => ({
      relation,
      message: `Nothing that can be written leads to the relation ${quote(relation.name)} of the type ${quote(relation.type)}.`,
    }));
}

function isEntered(model: Model, entered: ReadonlySet<Relation>, relation: Relation, rewrite: Rewrite): boolean {
  const isKnown = (type: string, name: string) => {
    const target = model.types.get(type)?.relations.get(name);
    return target !== undefined && entered.has(target);
  };
  switch (rewrite.kind) {
    case 'direct':
      return relation.restrictions.some((entry) => entry.kind !== 'set' || isKnown(entry.type, entry.relation));
    case 'computed':
      return isKnown(relation.type, rewrite.relation);
    case 'from': {
      const through = model.types.get(relation.type)?.relations.get(rewrite.through);
      return through?.restrictions.some(({ type }) => isKnown(type, rewrite.relation)) ?? false;
    }
    case 'union':
      return rewrite.operands.some((operand) => isEntered(model, entered, relation, operand));
    case 'intersection':
      return rewrite.operands.every((operand) => isEntered(model, entered, relation, operand));
    case 'exclusion':
      return [rewrite.base, rewrite.subtracted].every((operand) => isEntered(model, entered, relation, operand));
  }
}

function hasDirect(rewrite: Rewrite): boolean {
  switch (rewrite.kind) {
    case 'direct':
      return true;
    case 'computed':
    case 'from':
      return false;
    case 'union':
    case 'intersection':
      return rewrite.operands.some(hasDirect);
    case 'exclusion':
      return hasDirect(rewrite.base) || hasDirect(rewrite.subtracted);
  }
}
