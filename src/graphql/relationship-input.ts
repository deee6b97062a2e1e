import type { ConditionName, RelationName } from '../model/names.ts';
import type { Relationship } from '../model/relationship.ts';
import type { AccessRelationshipInput } from './__generated__/resolver-types.ts';

/** The relationship that an input describes; whether the model admits it is the operation's to say. */
export function relationshipOf(input: AccessRelationshipInput): Relationship {
  const { object, relation, subject, condition, expiresAt } = input;
  return {
    object,
    relation: relation as RelationName,
    subject,
    condition: condition
      ? { name: condition.name as ConditionName, context: new Map(Object.entries(condition.context ?? {})) }
      : undefined,
    expiresAt: expiresAt ?? undefined,
  };
}
