import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import type { Condition } from './condition.ts';
import type { ModelFlaw } from './document-problems.ts';
import type { Model, Relation, TypeDefinition } from './model.ts';
import { maxProblems } from './reference-problems.ts';
import { isDirect } from './rewrite.ts';

/** The parameter that conditions get from the database's clock. */
export const currentTimeParameter = 'current_time';

/**
 * The relation by which a model declares further parameters that only the request fills: those of the conditions that it
 * takes. See `docs/decisions/0008-request-context.md`.
 */
export const runtimeParametersRelation = 'runtime_parameters';

/** The clock, and what the model declares. */
export function declaredRuntimeParameters({
  types,
  conditions,
}: Pick<Model, 'types' | 'conditions'>): ReadonlySet<string> {
  const declaring = conditionsOfAll(declaringRelations(types), conditions);
  return new Set([currentTimeParameter, ...[...declaring].flatMap(({ parameters }) => [...parameters.keys()])]);
}

/** The same model, in which these parameters are the request's as well: those that token classes fill with claims. */
export function withRuntimeParameters(model: Model, names: Iterable<string>): Model {
  return { ...model, runtimeParameters: new Set([...model.runtimeParameters, ...names]) };
}

/** What is wrong with the declarations of a model whose relations are otherwise valid. */
export function runtimeParameterProblems(model: Model): readonly ModelFlaw[] {
  const declaring = declaringRelations(model.types);
  const declared = conditionsOfAll(declaring, model.conditions);
  const others = [...model.conditions.values()].filter((condition) => !declared.has(condition));
  const used = new Set(others.flatMap(({ parameters }) => [...parameters.keys()]));
  const unused = new Map(
    [...declared].map((condition) => [condition, [...condition.parameters.keys()].filter((name) => !used.has(name))]),
  );
  const flaws: ModelFlaw[] = [];
  for (const relation of declaring) {
    for (const message of declarationMessages(relation, model, unused, used)) {
      if (flaws.length >= maxProblems) return flaws;
      flaws.push({ spot: { kind: 'relation', type: relation.type, relation: relation.name }, message });
    }
  }
  return flaws;
}

function* declarationMessages(
  relation: Relation,
  { conditions }: Model,
  unused: ReadonlyMap<Condition, readonly string[]>,
  used: ReadonlySet<string>,
): Generator<string, void, undefined> {
  const isPlain = isDirect(relation.rewrite);
  if (!isPlain || relation.restrictions.some(({ condition }) => condition === undefined)) {
    yield `"${runtimeParametersRelation}" takes types "with" a condition only, whose parameters are those that the request fills.`;
    return;
  }
  for (const condition of conditionsOf(relation, conditions)) {
    for (const name of unused.get(condition) ?? []) {
      yield `No other condition has the parameter ${quote(name)}.${didYouMean(name, used)}`;
    }
  }
}

function declaringRelations(types: ReadonlyMap<string, TypeDefinition>): readonly Relation[] {
  return [...types.values()].flatMap(({ relations }) => relations.get(runtimeParametersRelation) ?? []);
}

function conditionsOf(relation: Relation, conditions: ReadonlyMap<string, Condition>): readonly Condition[] {
  return relation.restrictions.flatMap(({ condition }) => conditions.get(condition ?? '') ?? []);
}

/** Each once, however many relations take it. */
function conditionsOfAll(
  relations: readonly Relation[],
  conditions: ReadonlyMap<string, Condition>,
): ReadonlySet<Condition> {
  return new Set(relations.flatMap((relation) => conditionsOf(relation, conditions)));
}
