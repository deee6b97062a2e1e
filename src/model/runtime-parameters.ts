import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import type { Condition } from './condition.ts';
import type { ModelFlaw } from './document-problems.ts';
import type { Model, Relation, TypeDefinition } from './model.ts';

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
}: Omit<Model, 'runtimeParameters'>): ReadonlySet<string> {
  const declaring = declaringRelations(types).flatMap((relation) => conditionsOf(relation, conditions));
  return new Set([currentTimeParameter, ...declaring.flatMap(({ parameters }) => [...parameters.keys()])]);
}

/** The same model, in which these parameters are the request's as well: those that token classes fill with claims. */
export function withRuntimeParameters(model: Model, names: Iterable<string>): Model {
  return { ...model, runtimeParameters: new Set([...model.runtimeParameters, ...names]) };
}

/** What is wrong with the declarations of a model whose relations are otherwise valid. */
export function runtimeParameterProblems(model: Model): readonly ModelFlaw[] {
  const declaring = declaringRelations(model.types);
  const names = new Set(
    declaring.flatMap((relation) => conditionsOf(relation, model.conditions).map(({ name }) => name)),
  );
  const others = [...model.conditions.values()].filter(({ name }) => !names.has(name));
  const used = new Set(others.flatMap(({ parameters }) => [...parameters.keys()]));
  return declaring.flatMap((relation): readonly ModelFlaw[] => {
    const spot = { kind: 'relation', type: relation.type, relation: relation.name } as const;
    const isPlain = relation.rewrite.kind === 'direct';
    if (!isPlain || relation.restrictions.some(({ condition }) => condition === undefined)) {
      const message = `"${runtimeParametersRelation}" takes types "with" a condition only, whose parameters are those that the request fills.`;
      return [{ spot, message }];
    }
    const declared = conditionsOf(relation, model.conditions).flatMap(({ parameters }) => [...parameters.keys()]);
    return declared
      .filter((name) => !used.has(name))
      .map((name) => ({
        spot,
        message: `No other condition has the parameter ${quote(name)}.${didYouMean(name, used)}`,
      }));
  });
}

function declaringRelations(types: ReadonlyMap<string, TypeDefinition>): readonly Relation[] {
  return [...types.values()].flatMap(({ relations }) => relations.get(runtimeParametersRelation) ?? []);
}

function conditionsOf(relation: Relation, conditions: ReadonlyMap<string, Condition>): readonly Condition[] {
  return relation.restrictions.flatMap(({ condition }) => conditions.get(condition ?? '') ?? []);
}
