import { quote, textProblem } from '../base/text-problem.ts';
import type { Spot } from './find-place.ts';
import type { ModelDocument, RestrictionDocument, RewriteDocument, TypeDocument } from './model-document.ts';
import { maxConditionNameBytes, maxTypeNameBytes } from './names.ts';

/** What is wrong with a model, and with which part of it. */
export interface ModelFlaw {
  readonly spot: Spot | undefined;
  readonly message: string;
}

/** Longest name of a relation that is published, as in OpenFGA; what is stored may be longer. */
const maxPublishedRelationBytes = 50;

/** What is wrong with a model's names, and what it says twice: all that is lost when it is compiled. */
export function documentProblems(document: ModelDocument): readonly ModelFlaw[] {
  const { schema_version: schema = '', type_definitions: types = [], conditions = {} } = document;
  if (schema !== '1.1' && schema !== '1.2') {
    const message = `The schema ${quote(schema)} is not supported; write "schema 1.1".`;
    return [{ spot: { kind: 'schema' }, message }];
  }
  if (types.length === 0) {
    return [{ spot: { kind: 'schema' }, message: 'The model defines no types; write at least "type user".' }];
  }
  const seen = new Set<string>();
  return [
    ...types.flatMap((definition) => typeProblems(definition, seen)),
    ...Object.keys(conditions).flatMap((name) => conditionProblems(name)),
  ];
}

function typeProblems(definition: TypeDocument, seen: Set<string>): readonly ModelFlaw[] {
  const { type } = definition;
  const isTwice = seen.has(type);
  seen.add(type);
  const wrong = nameProblem('type', type, maxTypeNameBytes);
  const messages = [...wrong, ...(isTwice ? [`The type ${quote(type)} is defined twice.`] : [])];
  return [
    ...messages.map((message): ModelFlaw => ({ spot: { kind: 'type', type }, message })),
    ...Object.entries(definition.relations ?? {}).flatMap(([relation, rewrite]) =>
      relationProblems(definition, relation, rewrite),
    ),
  ];
}

function relationProblems(
  { type, metadata }: TypeDocument,
  relation: string,
  rewrite: RewriteDocument,
): readonly ModelFlaw[] {
  const restrictions = metadata?.relations?.[relation]?.directly_related_user_types ?? [];
  const twice = [...namedTwice(restrictions.map(restrictionText)), ...operandsTwice(rewrite)];
  const messages = [
    ...nameProblem('relation', relation, maxPublishedRelationBytes),
    ...twice.map((text) => `The relation ${quote(relation)} of the type ${quote(type)} names ${quote(text)} twice.`),
  ];
  return messages.map((message) => ({ spot: { kind: 'relation', type, relation }, message }));
}

function conditionProblems(condition: string): readonly ModelFlaw[] {
  const problems = nameProblem('condition', condition, maxConditionNameBytes);
  return problems.map((message) => ({ spot: { kind: 'condition', condition }, message }));
}

function nameProblem(what: string, name: string, maxBytes: number): readonly string[] {
  if (what !== 'condition' && (name === 'self' || name === 'this')) {
    return [`A ${what} cannot be named "self" or "this".`];
  }
  const problem = textProblem(name, maxBytes);
  return problem === undefined ? [] : [`The ${what} ${quote(name)} ${problem}.`];
}

/** Conditions that nothing uses: asked after names, as a misspelt one is the reason often. */
export function unusedConditionProblems({
  type_definitions: types = [],
  conditions = {},
}: ModelDocument): readonly ModelFlaw[] {
  const used = new Set(
    types.flatMap(({ metadata }) =>
      Object.values(metadata?.relations ?? {}).flatMap(({ directly_related_user_types: restrictions = [] }) =>
        restrictions.map(({ condition }) => condition),
      ),
    ),
  );
  return Object.keys(conditions).flatMap((condition): readonly ModelFlaw[] => {
    if (used.has(condition)) return [];
    const message = `Nothing in the model uses the condition ${quote(condition)}; write "[user with ${condition}]", or leave it out.`;
    return [{ spot: { kind: 'condition', condition }, message }];
  });
}

function restrictionText({ type, relation, wildcard, condition }: RestrictionDocument): string {
  const subject = wildcard === undefined ? (relation ? `${type}#${relation}` : type) : `${type}:*`;
  return condition ? `${subject} with ${condition}` : subject;
}

function operandsTwice({ union, intersection, difference }: RewriteDocument): readonly string[] {
  const operands = union?.child ?? intersection?.child ?? (difference ? [difference.base, difference.subtract] : []);
  return namedTwice(operands.flatMap(leafText));
}

function leafText({ computedUserset, tupleToUserset }: RewriteDocument): readonly string[] {
  if (computedUserset !== undefined) return [computedUserset.relation];
  if (tupleToUserset === undefined) return [];
  return [`${tupleToUserset.computedUserset.relation} from ${tupleToUserset.tupleset.relation}`];
}

function namedTwice(texts: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return texts.filter((text) => seen.size === seen.add(text).size);
}
