import { z } from 'zod';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { type RelationshipRecord, recordOf } from '../../operations/relationship-record.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import { untrustedText } from '../untrusted-text.ts';

/** A condition that something hangs on. Its values are text that whoever wrote it has chosen. */
export const toldCondition = z.strictObject({
  name: z.string(),
  untrustedContext: z.string().describe('The values that were written with it, as JSON, shortened.'),
});

const facts = {
  object: z.string(),
  relation: z.string(),
  subject: z.string(),
  condition: toldCondition.optional().describe('It counts only while this holds.'),
  startsAt: z.string().optional().describe('It counts only from then on.'),
  expiresAt: z.string().optional().describe('It counts only before then.'),
};

/** A relationship that is stored, or is to be. */
export const toldRelationship = z.strictObject(facts);

/** A relationship that is stored, and who wrote it. */
export const toldStored = z.strictObject({
  ...facts,
  createdAt: z.string(),
  createdBy: z.string().optional().describe('Left out where it was written at the console.'),
});

export type ToldRelationship = z.infer<typeof toldRelationship>;
export type ToldStored = z.infer<typeof toldStored>;

export function tellRelationship(record: RelationshipRecord): ToldRelationship {
  const { object, relation, subject, condition, startsAt, expiresAt } = record;
  return {
    ...{ object, relation, subject },
    ...(condition && { condition: tellCondition(condition) }),
    ...(startsAt !== undefined && { startsAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

export function tellStored(stored: StoredRelationship): ToldStored {
  const { createdAt, createdBy } = stored;
  return {
    ...tellRelationship(recordOf(stored)),
    createdAt: createdAt.toISOString(),
    ...(createdBy && { createdBy: formatSubjectRef(createdBy) }),
  };
}

export function tellCondition({ name, context = {} }: { readonly name: string; readonly context?: object }) {
  return { name, untrustedContext: untrustedText(JSON.stringify(context)) };
}
