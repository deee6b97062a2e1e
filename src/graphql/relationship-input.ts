import { quote } from '../base/text-problem.ts';
import { limits } from '../model/limits.ts';
import type { ConditionName, RelationName } from '../model/names.ts';
import type { Relationship, RelationshipCondition } from '../model/relationship.ts';
import type { AccessConditionInput, AccessRelationshipInput } from './__generated__/resolver-types.ts';
import { assertCount } from './checked-arguments.ts';
import { badInput } from './errors.ts';

/** The relationship that an input describes; whether the model admits it is the operation's to say. */
export function relationshipOf(input: AccessRelationshipInput): Relationship {
  const { object, relation, subject, condition, startsAt, expiresAt } = input;
  return {
    object,
    relation: relation as RelationName,
    subject,
    condition: condition ? conditionOf(condition) : undefined,
    startsAt: startsAt ?? undefined,
    expiresAt: expiresAt ?? undefined,
  };
}

export function conditionOf({ name, context }: AccessConditionInput): RelationshipCondition {
  const { most } = limits.storedContextBytes;
  if (context && JSON.stringify(context).length > most)
    throw badInput(`The context of the condition ${quote(name)} has more than ${most} characters.`);
  return { name: name as ConditionName, context: new Map(Object.entries(context ?? {})) };
}

/** The relationships that come with a question; refused when they are too many. */
export function contextualOf(inputs: readonly AccessRelationshipInput[] | null | undefined): readonly Relationship[] {
  const given = inputs ?? [];
  assertCount(given, limits.contextualRelationships.most, 'contextual relationships');
  return given.map(relationshipOf);
}
