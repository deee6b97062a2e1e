import { failed, ok, type Result } from '../base/result.ts';
import { quote, textProblem } from '../base/text-problem.ts';
import { type Condition, type ConditionProblem, compileCondition } from './condition.ts';
import type { ParameterType, ScalarKind } from './condition-parameter.ts';
import type { ModelFlaw } from './document-problems.ts';
import type { Restriction } from './model.ts';
import type {
  ConditionDocument,
  ModelDocument,
  ParameterDocument,
  RestrictionDocument,
  RewriteDocument,
  TypeDocument,
} from './model-document.ts';
import {
  type ConditionName,
  maxRelationNameBytes,
  maxTypeNameBytes,
  type RelationName,
  type TypeName,
} from './names.ts';
import { problem } from './problem.ts';
import type { Rewrite } from './rewrite.ts';
import type { UnlinkedLeaf, UnlinkedModel, UnlinkedRelation, UnlinkedType } from './unlinked-model.ts';

/**
 * What becomes of a condition that is wrong: a flaw of the model, or a condition that has no answer for anybody. Where nothing is
 * refused, a condition is compiled when it is first evaluated: a model of nothing else would keep a thread busy for a second.
 */
export type WrongConditions = 'refused' | 'undecided';

/** Turns OpenFGA's JSON into our own structure, in time that grows with its size. */
export function readDefinitions(
  document: ModelDocument,
  wrongConditions: WrongConditions,
): Result<UnlinkedModel, readonly ModelFlaw[]> {
  const problems: ModelFlaw[] = [];
  const conditions = new Map<string, Condition>();
  for (const [name, definition] of Object.entries(document.conditions ?? {})) {
    const condition = compileDocument(name as ConditionName, definition, wrongConditions);
    if (condition.ok) conditions.set(name, condition.value);
    else {
      const { message, at } = condition.problem;
      const expression = at === undefined ? undefined : { text: definition.expression, at };
      problems.push({ message, spot: { kind: 'condition', condition: name, expression } });
    }
  }
  const types = new Map<string, UnlinkedType>();
  for (const definition of document.type_definitions ?? []) {
    for (const message of nameProblems(definition)) problems.push({ message, spot: undefined });
    const type = compileType(definition);
    if (type.ok) types.set(definition.type, type.value);
    else problems.push({ message: type.problem, spot: undefined });
  }
  if (problems.length > 0) return failed(problems);
  return ok({ types, conditions });
}

function nameProblems(definition: TypeDocument): string[] {
  const type = textProblem(definition.type, maxTypeNameBytes);
  const problems = type === undefined ? [] : [`The type ${quote(definition.type)} ${type}.`];
  for (const name of Object.keys(definition.relations ?? {})) {
    const relation = textProblem(name, maxRelationNameBytes);
    if (relation !== undefined) problems.push(`The relation ${quote(name)} ${relation}.`);
  }
  return problems;
}

function compileType(definition: TypeDocument): Result<UnlinkedType, string> {
  const type = definition.type as TypeName;
  const restrictions = new Map(Object.entries(definition.metadata?.relations ?? {}));
  const relations = new Map<string, UnlinkedRelation>();
  for (const [name, rewrite] of Object.entries(definition.relations ?? {})) {
    const direct = restrictions.get(name)?.directly_related_user_types ?? [];
    const compiled = compileRewrite(rewrite);
    if (compiled === undefined) {
      return failed(`The definition of the relation ${quote(name)} of the type ${quote(type)} cannot be read.`);
    }
    relations.set(name, {
      type,
      name: name as RelationName,
      rewrite: compiled,
      restrictions: direct.map(compileRestriction),
    });
  }
  return ok({ name: type, relations });
}

function compileRestriction(restriction: RestrictionDocument): Restriction {
  const type = restriction.type as TypeName;
  // The transformer leaves "" where there is no condition or relation.
  const condition = (restriction.condition || undefined) as ConditionName | undefined;
  if (restriction.wildcard !== undefined) return { kind: 'wildcard', type, condition };
  if (!restriction.relation) return { kind: 'object', type, condition };
  return { kind: 'set', type, relation: restriction.relation as RelationName, condition };
}

/** Undefined for what is no rewrite: some malformed lines are read as half of one. */
function compileRewrite(rewrite: RewriteDocument | undefined): Rewrite<UnlinkedLeaf> | undefined {
  if (rewrite?.this !== undefined) return { kind: 'direct' };
  if (rewrite?.tupleToUserset !== undefined) {
    const { tupleset, computedUserset } = rewrite.tupleToUserset;
    const through = tupleset.relation as RelationName;
    return { kind: 'from', relation: computedUserset.relation as RelationName, through };
  }
  if (rewrite?.computedUserset !== undefined) {
    return { kind: 'computed', relation: rewrite.computedUserset.relation as RelationName };
  }
  if (rewrite?.difference !== undefined) {
    const { base, subtract } = rewrite.difference;
    const [compiledBase, subtracted] = [compileRewrite(base), compileRewrite(subtract)];
    if (compiledBase === undefined || subtracted === undefined) return undefined;
    return { kind: 'exclusion', base: compiledBase, subtracted };
  }
  const children = rewrite?.union?.child ?? rewrite?.intersection?.child ?? [];
  const operands = children.flatMap((child) => compileRewrite(child) ?? []);
  if (operands.length === 0 || operands.length < children.length) return undefined;
  return { kind: rewrite?.union === undefined ? 'intersection' : 'union', operands };
}

function compileDocument(
  name: ConditionName,
  definition: ConditionDocument,
  wrongConditions: WrongConditions,
): Result<Condition, ConditionProblem> {
  const parameters = new Map<string, ParameterType>();
  for (const [parameter, type] of Object.entries(definition.parameters ?? {})) {
    const compiled = compileParameter(type);
    if (compiled === undefined) {
      const message = `The type of the parameter ${quote(parameter)} of the condition ${quote(name)} is not known.`;
      return failed({ message, at: undefined });
    }
    parameters.set(parameter, compiled);
  }
  const { expression } = definition;
  if (wrongConditions === 'refused') return compileCondition(name, expression, parameters);
  let evaluate: Condition['evaluate'] | undefined;
  const evaluateLate: Condition['evaluate'] = (context) => {
    evaluate ??= evaluationOf(compileCondition(name, expression, parameters));
    return evaluate(context);
  };
  return ok({ name, expression, parameters, evaluate: evaluateLate });
}

function evaluationOf(compiled: Result<Condition, ConditionProblem>): Condition['evaluate'] {
  if (compiled.ok) return compiled.value.evaluate;
  const reason = `${compiled.problem.message} Publish a model without this mistake.`;
  return () => failed(problem('CONDITION_FAILED', reason));
}

function compileParameter(parameter: ParameterDocument): ParameterType | undefined {
  const [generic] = parameter.generic_types ?? [];
  const element: ParameterType | undefined = generic === undefined ? { kind: 'any' } : compileParameter(generic);
  if (element === undefined) return undefined;
  const name = parameter.type_name.replace('TYPE_NAME_', '').toLowerCase();
  if (name === 'list') return { kind: name, element };
  if (name === 'map') return { kind: name, value: element };
  const kind = scalarKinds.find((candidate) => candidate === name);
  return kind && { kind };
}

const scalarKinds: readonly ScalarKind[] = [
  ...(['any', 'bool', 'string', 'int', 'uint', 'double', 'duration', 'timestamp', 'ipaddress'] as const),
];
