import { z } from 'zod';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { type AccessFinding, findingKinds } from '../../operations/findings/access-finding.ts';
import { recordOf } from '../../operations/relationship-record.ts';
import { fitAll } from './fit.ts';
import { tellRelationship, tellStored, toldRelationship, toldStored } from './relationship.ts';

/** Something that somebody should look at. */
export const toldFinding = z.strictObject({
  id: z.string().describe('The same for the same thing, whenever it is found.'),
  kind: z.enum(findingKinds),
  rank: z.int().describe('The greater, the sooner to be looked at.'),
  text: z.string().describe('What it is, in one sentence around names in quotes.'),
  subject: z.string().optional(),
  object: z.string().optional(),
  count: z.int().optional().describe('What was counted.'),
  of: z.int().optional().describe('Of how many.'),
  relationships: z.array(toldStored).describe('What is stored and says so.'),
  relationshipsLeftOut: z.int().describe('How many of them do not fit into an answer.'),
  change: z
    .strictObject({ writes: z.array(toldRelationship), deletes: z.array(toldRelationship) })
    .optional()
    .describe(
      'What would end it: for "simulate_change" and "propose_change". Left out where nobody knows, or where it does not fit.',
    ),
});

const mostRelationshipBytes = 12 * 1024;
const mostChangeBytes = 12 * 1024;

export function tellFinding(finding: AccessFinding): z.input<typeof toldFinding> {
  const { id, kind, rank, text, subject, object, count, of, relationships, change } = finding;
  const { shown, leftOut } = fitAll(relationships.map(tellStored), mostRelationshipBytes);
  return {
    ...{ id, kind, rank, text },
    ...(subject && { subject: formatSubjectRef(subject) }),
    ...(object && { object: formatObjectRef(object) }),
    ...(count !== undefined && { count }),
    ...(of !== undefined && { of }),
    ...{ relationships: [...shown], relationshipsLeftOut: leftOut },
    ...tellChange(change),
  };
}

/** All of it or nothing: a part of a change is another one. */
function tellChange(change: AccessFinding['change']): Pick<z.input<typeof toldFinding>, 'change'> {
  const [writes, deletes] = [change.writes, change.deletes].map((all) => {
    return fitAll(
      all.map((one) => tellRelationship(recordOf(one))),
      mostChangeBytes,
    );
  });
  if (writes === undefined || deletes === undefined) return {};
  const isKnown = writes.shown.length + deletes.shown.length > 0;
  if (!isKnown || writes.leftOut + deletes.leftOut > 0) return {};
  return { change: { writes: [...writes.shown], deletes: [...deletes.shown] } };
}
