import { z } from 'zod';
import type { NamedStep } from '../../operations/access/explanation.ts';
import { type Prose, said, say } from '../prose.ts';
import { tellRelationship, toldRelationship } from './relationship.ts';

const kinds = [
  'holds',
  'self',
  'relationship',
  'notExcluded',
  'excluded',
  'unmet',
  'undecided',
  'hidden',
] as const satisfies readonly NamedStep['kind'][];

/** A step of an explanation, without words of its own. */
export const toldStep = z.strictObject({
  kind: z
    .enum(kinds)
    .describe(
      '"holds": the relation is held, for the steps below. "self": it is that set itself. "relationship": what is stored, and leads on. "notExcluded": nothing takes it away. "excluded": the steps below take it away. "unmet": its condition does not hold. "undecided": it is neither yes nor no. "hidden": not yours to see.',
    ),
  depth: z.int().describe('How far it stands below what it explains.'),
  object: z.string().optional(),
  relation: z.string().optional(),
  relationship: toldRelationship.optional().describe('What is stored.'),
  createdAt: z.string().optional(),
  createdBy: z.string().optional().describe('Who wrote the relationship.'),
});

export type ToldStep = z.infer<typeof toldStep>;

export function tellStep({ kind, depth, object, relation, relationship, createdAt, createdBy }: NamedStep): ToldStep {
  return {
    ...{ kind, depth },
    ...(object !== null && { object }),
    ...(relation !== null && { relation }),
    ...(relationship !== null && { relationship: tellRelationship(relationship) }),
    ...(createdAt !== null && { createdAt: createdAt.toISOString() }),
    ...(createdBy !== null && { createdBy }),
  };
}

/** The step in words; `subject` is whom the explanation is about. */
export function sayStep({ kind, object = '', relation = '', relationship }: ToldStep, subject: string): Prose {
  switch (kind) {
    case 'holds':
      return say`${subject} holds ${relation} on ${object}:`;
    case 'self':
      return say`It is that set itself.`;
    case 'relationship':
      return say`${said(factOf(relationship))}${said(whileOf(relationship))}.`;
    case 'notExcluded':
      return say`Nothing takes it away.`;
    case 'excluded':
      return say`${subject} would hold ${relation} on ${object}, but this takes it away:`;
    case 'unmet':
      return say`${said(factOf(relationship))}, but its condition ${relationship?.condition?.name ?? ''} does not hold.`;
    case 'undecided':
      if (relationship === undefined) return say`Something cannot be decided.`;
      return say`${said(factOf(relationship))}, but whether that counts cannot be decided.`;
    case 'hidden':
      return say`Something that is not yours to see.`;
  }
}

function factOf(relationship: ToldStep['relationship']): Prose {
  if (relationship === undefined) return say`There is a relationship`;
  const { object, relation, subject } = relationship;
  return say`${subject} is ${relation} of ${object}`;
}

function whileOf(relationship: ToldStep['relationship']): Prose {
  const { condition } = relationship ?? {};
  return condition === undefined ? say`` : say`, while ${condition.name} holds`;
}
