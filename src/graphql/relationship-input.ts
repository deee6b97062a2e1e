import type { ConditionName, RelationName } from '../model/names.ts';
import type { Relationship, RelationshipCondition } from '../model/relationship.ts';
import type { AccessConditionInput, AccessRelationshipInput } from './__generated__/resolver-types.ts';
import { assertCount, maxContextualRelationships } from './limits.ts';

/** The relationship that an input describes; whether the model admits it is the operation's to say. */
export function relationshipOf(input: AccessRelationshipInput): Relationship {
  const { object, relation, subject, condition, expiresAt } = input;
  return {
    object,
    relation: relation as RelationName,
    subject,
    condition: condition ? conditionOf(condition) : undefined,
    expiresAt: expiresAt ?? undefined,
  };
}

export function conditionOf({ name, context }: AccessConditionInput): RelationshipCondition {
  return { name: name as ConditionName, context: new Map(Object.entries(context ?? {})) };
}

/** The relationships that come with a question; refused when they are too many. */
export function contextualOf(inputs: readonly AccessRelationshipInput[] | null | undefined): readonly Relationship[] {
  const given = inputs ?? [];
  assertCount(given, maxContextualRelationships, 'contextual relationships');
  return given.map(relationshipOf);
}
