import { formatModelProblem, type ModelProblem } from '../../../model/model-source.ts';
import type { TargetCondition } from './translate-caveat.ts';
import { printTerm, type TargetRewrite } from './translate-expression.ts';

/** A relation of the model that is made. */
export interface TargetRelation<Source> {
  readonly name: string;
  readonly rewrite: TargetRewrite;
  readonly restrictions: readonly TargetRestriction[];
  /** What of the source it comes from, which a problem with it is told of. */
  readonly source: Source;
}

/** What a relation takes: `user`, `user:*`, `group#member with c`. */
export interface TargetRestriction {
  readonly kind: 'object' | 'wildcard' | 'set';
  readonly type: string;
  /** Of a set. */
  readonly relation: string;
  readonly condition: string | undefined;
}

export interface TargetType<Source> {
  readonly name: string;
  readonly relations: readonly TargetRelation<Source>[];
  readonly source: Source;
}

export interface TargetConditionOf<Source> extends TargetCondition {
  readonly source: Source;
}

/** The text of a model, and of each line what it comes from. */
export interface TargetText<Source> {
  readonly dsl: string;
  readonly sources: readonly (Source | undefined)[];
}

export function printTarget<Source>(
  types: readonly TargetType<Source>[],
  conditions: readonly TargetConditionOf<Source>[],
): TargetText<Source> {
  const lines: (readonly [text: string, source: Source | undefined])[] = [
    ['model', undefined],
    ['  schema 1.1', undefined],
  ];
  for (const { name, relations, source } of types) {
    lines.push(['', undefined], [`type ${name}`, source]);
    if (relations.length > 0) lines.push(['  relations', source]);
    for (const relation of relations)
      lines.push([`    define ${relation.name}: ${definitionOf(relation)}`, relation.source]);
  }
  for (const { lines: text, source } of conditions) {
    lines.push(['', undefined], ...text.map((line) => [line, source] as const));
  }
  return { dsl: `${lines.map(([text]) => text).join('\n')}\n`, sources: lines.map(([, source]) => source) };
}

function definitionOf<Source>({ rewrite, restrictions }: TargetRelation<Source>): string {
  return printTerm(rewrite, `[${restrictions.map(printRestriction).join(', ')}]`);
}

export function printRestriction({ kind, type, relation, condition }: TargetRestriction): string {
  const subject = kind === 'object' ? type : kind === 'wildcard' ? `${type}:*` : `${type}#${relation}`;
  return condition === undefined ? subject : `${subject} with ${condition}`;
}

/** What a problem with the model is about, and what it says without the place that only the model has. */
export function sourceOfProblem<Source>(
  { sources }: TargetText<Source>,
  problem: ModelProblem,
): { readonly source: Source | undefined; readonly why: string } {
  const source = problem.line === undefined ? undefined : sources[problem.line - 1];
  return { source, why: source === undefined ? formatModelProblem(problem) : problem.message };
}
