import { z } from 'zod';
import { quote } from '../base/text-problem.ts';
import { limits } from '../model/limits.ts';
import { type ConditionName, maxConditionNameBytes, type RelationName } from '../model/names.ts';
import type { Relationship } from '../model/relationship.ts';
import { sentInstant } from './sent-instant.ts';
import { sentContext, sentObject, sentRelation, sentSubject } from './sent-values.ts';

const sentCondition = z
  .strictObject({
    name: z.string().min(1).max(maxConditionNameBytes),
    context: sentContext.optional().describe('Values that are written with it: they win over those of a question.'),
  })
  .transform(({ name, context = new Map() }, issues) => {
    const { most } = limits.storedContextBytes;
    if (JSON.stringify(Object.fromEntries(context)).length > most)
      issues.addIssue(`The context of the condition ${quote(name)} has more than ${most} characters.`);
    return { name: name as ConditionName, context };
  });

/** A relationship as tools take it; whether the model admits it is an operation's to say. */
export const sentRelationship = z
  .strictObject({
    object: sentObject.describe('"track:42"'),
    relation: sentRelation.describe('A role, or another relation that can be written: "editor".'),
    subject: sentSubject.describe('"user:ann", "team:eng#member", or "user:*" for everybody.'),
    condition: sentCondition.optional().describe('It counts only while this holds.'),
    startsAt: sentInstant.optional().describe('It counts only from then on.'),
    expiresAt: sentInstant.optional().describe('It counts only before then.'),
  })
  .transform(({ object, relation, subject, condition, startsAt, expiresAt }): Relationship => {
    return { object, relation: relation as RelationName, subject, condition, startsAt, expiresAt };
  });
