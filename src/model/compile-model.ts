import { failed, ok, type Result } from '../base/result.ts';
import { quote, textProblem } from '../base/text-problem.ts';
import { type Condition, compileCondition } from './condition.ts';
import type { ParameterType, ScalarKind } from './condition-parameter.ts';
import type { Model, Relation, Restriction, TypeDefinition } from './model.ts';
import {
  type ConditionName,
  maxRelationNameBytes,
  maxTypeNameBytes,
  type RelationName,
  type TypeName,
} from './names.ts';
import type { Rewrite } from './rewrite.ts';

/** A model as the syntax transformer gives it: OpenFGA's JSON. */
export interface ModelDocument {
  readonly type_definitions: readonly TypeDocument[];
  readonly conditions?: Readonly<Record<string, ConditionDocument>>;
}

interface TypeDocument {
  readonly type: string;
  readonly relations?: Readonly<Record<string, RewriteDocument>> | null;
  readonly metadata?: { readonly relations?: Readonly<Record<string, RelationMetadata>> } | null;
}

interface RelationMetadata {
  readonly directly_related_user_types?: readonly RestrictionDocument[];
}

interface RestrictionDocument {
  readonly type: string;
  readonly relation?: string;
  readonly wildcard?: object;
  readonly condition?: string;
}

interface RewriteDocument {
  readonly this?: object;
  readonly computedUserset?: { readonly relation: string };
  readonly tupleToUserset?: {
    readonly tupleset: { readonly relation: string };
    readonly computedUserset: { readonly relation: string };
  };
  readonly union?: { readonly child: readonly RewriteDocument[] };
  readonly intersection?: { readonly child: readonly RewriteDocument[] };
  readonly difference?: { readonly base: RewriteDocument; readonly subtract: RewriteDocument };
}

interface ConditionDocument {
  readonly expression: string;
  readonly parameters?: Readonly<Record<string, ParameterDocument>>;
}

interface ParameterDocument {
  readonly type_name: string;
  readonly generic_types?: readonly ParameterDocument[];
}

/** A sentence, and the condition that it is about, if it is about one. */
export interface CompileProblem {
  readonly message: string;
  readonly condition: string | undefined;
}

/** Turns OpenFGA's JSON into our own structure. */
export function compileModel(document: ModelDocument): Result<Model, readonly CompileProblem[]> {
  const problems: CompileProblem[] = [];
  const conditions = new Map<string, Condition>();
  for (const [name, definition] of Object.entries(document.conditions ?? {})) {
    const condition = compileCondition(name as ConditionName, definition.expression, parametersOf(definition));
    if (condition.ok) conditions.set(name, condition.value);
    else problems.push({ message: condition.problem, condition: name });
  }
  const types = new Map<string, TypeDefinition>();
  for (const definition of document.type_definitions) {
    problems.push(...nameProblems(definition).map((message) => ({ message, condition: undefined })));
    types.set(definition.type, compileType(definition));
  }
  return problems.length === 0 ? ok({ types, conditions }) : failed(problems);
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

function compileType(definition: TypeDocument): TypeDefinition {
  const type = definition.type as TypeName;
  const restrictions = new Map(Object.entries(definition.metadata?.relations ?? {}));
  const relations = new Map<string, Relation>();
  for (const [name, rewrite] of Object.entries(definition.relations ?? {})) {
    const direct = restrictions.get(name)?.directly_related_user_types ?? [];
    relations.set(name, {
      type,
      name: name as RelationName,
      rewrite: compileRewrite(rewrite),
      restrictions: direct.map(compileRestriction),
    });
  }
  return { name: type, relations };
}

function compileRestriction(restriction: RestrictionDocument): Restriction {
  const type = restriction.type as TypeName;
  // The transformer leaves "" where there is no condition or relation.
  const condition = (restriction.condition || undefined) as ConditionName | undefined;
  if (restriction.wildcard !== undefined) return { kind: 'wildcard', type, condition };
  if (!restriction.relation) return { kind: 'object', type, condition };
  return { kind: 'set', type, relation: restriction.relation as RelationName, condition };
}

function compileRewrite(rewrite: RewriteDocument): Rewrite {
  if (rewrite.this !== undefined) return { kind: 'direct' };
  if (rewrite.computedUserset !== undefined) {
    return { kind: 'computed', relation: rewrite.computedUserset.relation as RelationName };
  }
  if (rewrite.tupleToUserset !== undefined) {
    const { tupleset, computedUserset } = rewrite.tupleToUserset;
    const through = tupleset.relation as RelationName;
    return { kind: 'from', relation: computedUserset.relation as RelationName, through };
  }
  if (rewrite.union !== undefined) return { kind: 'union', operands: rewrite.union.child.map(compileRewrite) };
  if (rewrite.intersection !== undefined) {
    return { kind: 'intersection', operands: rewrite.intersection.child.map(compileRewrite) };
  }
  if (rewrite.difference !== undefined) {
    const { base, subtract } = rewrite.difference;
    return { kind: 'exclusion', base: compileRewrite(base), subtracted: compileRewrite(subtract) };
  }
  throw new Error(`Unknown rewrite ${JSON.stringify(rewrite)}.`);
}

function parametersOf(definition: ConditionDocument): ReadonlyMap<string, ParameterType> {
  const parameters = Object.entries(definition.parameters ?? {});
  return new Map(parameters.map(([name, parameter]) => [name, compileParameter(parameter)]));
}

function compileParameter(parameter: ParameterDocument): ParameterType {
  const [generic] = parameter.generic_types ?? [];
  const element: ParameterType = generic === undefined ? { kind: 'any' } : compileParameter(generic);
  const kind = parameter.type_name.replace('TYPE_NAME_', '').toLowerCase();
  if (kind === 'list') return { kind, element };
  if (kind === 'map') return { kind, value: element };
  return { kind: scalarKind(kind) };
}

const scalarKinds: readonly ScalarKind[] = [
  ...(['any', 'bool', 'string', 'int', 'uint', 'double', 'duration', 'timestamp', 'ipaddress'] as const),
];

function scalarKind(name: string): ScalarKind {
  const kind = scalarKinds.find((candidate) => candidate === name);
  if (kind === undefined) throw new Error(`Unknown parameter type ${quote(name)}.`);
  return kind;
}
