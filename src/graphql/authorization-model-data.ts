import type { PreparedModel } from '../engine/prepared-model.ts';
import type { Spot } from '../model/find-place.ts';
import { formatRelation } from '../model/format-relation.ts';
import type { ModelDescriptions, WrittenAround } from '../model/model-descriptions.ts';
import { relationKindOf } from '../model/relation-kind.ts';
import { rolesOf } from '../model/roles.ts';
import type { AuthorizationModelCondition } from './__generated__/resolver-types.ts';
import { parametersOf } from './model-parameters.ts';
import type { ModelRelationParent } from './model-relation.ts';

/** The types of a model, as the schema has them. */
export function typesOf({ model, descriptions }: Pick<PreparedModel, 'model' | 'descriptions'>) {
  const types = inOrder([...model.types.values()], ({ name }) => descriptions.of({ kind: 'type', type: name }));
  return types.map((type) => {
    const roles = new Set(rolesOf(model, type));
    const written = inOrder([...type.relations.values()], ({ name }) =>
      descriptions.of({ kind: 'relation', type: type.name, relation: name }),
    );
    const relations = written.map((relation): ModelRelationParent => {
      const { name } = relation;
      const around = aroundOf(descriptions, { kind: 'relation', type: type.name, relation: name });
      const isRole = roles.has(relation);
      return {
        model,
        relation,
        name,
        kind: relationKindOf(relation, isRole),
        definition: formatRelation(relation),
        ...around,
        isRole,
      };
    });
    return { name: type.name, ...aroundOf(descriptions, { kind: 'type', type: type.name }), relations };
  });
}

/** As people wrote them: the text that decides may be in another order. */
function inOrder<Item>(items: readonly Item[], around: (item: Item) => WrittenAround): readonly Item[] {
  return items.toSorted((left, right) => around(left).position - around(right).position);
}

function aroundOf(descriptions: ModelDescriptions, spot: Spot) {
  const { module = null, description = null } = descriptions.of(spot);
  return { module, description };
}

/** The conditions of a model, as the schema has them. */
export function conditionsOf({ model, descriptions }: Pick<PreparedModel, 'model' | 'descriptions'>) {
  const conditions = inOrder([...model.conditions.values()], ({ name }) =>
    descriptions.of({ kind: 'condition', condition: name }),
  );
  return conditions.map(({ name, expression, parameters }): AuthorizationModelCondition => {
    return {
      name,
      ...aroundOf(descriptions, { kind: 'condition', condition: name }),
      expression: expression.trim(),
      parameters: parametersOf(model, parameters),
    };
  });
}
