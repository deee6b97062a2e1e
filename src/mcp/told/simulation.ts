import { z } from 'zod';
import { type AccessDifference, accessDifferenceKinds } from '../../engine/impact/access-differences.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import type { OpenedEscalation } from '../../operations/findings/escalations.ts';
import type { OpenedPair } from '../../operations/findings/opened-pairs.ts';
import type { Simulation } from '../../operations/findings/simulate-change.ts';
import { type Prose, said, say, sayAll } from '../prose.ts';
import { fitAll } from './fit.ts';
import { sayNotExamined, tellNotExamined, toldNotExamined } from './not-examined.ts';

const toldDifference = z.strictObject({
  count: z.int().describe('How many decisions: a subject, an object and a permission each.'),
  examples: z.array(z.strictObject({ subject: z.string(), permission: z.string(), object: z.string() })),
});

const toldEscalation = z.strictObject({
  subject: z.string(),
  object: z.string(),
  permission: z.string(),
  gives: z.array(z.string()).describe('The relations that it could write.'),
});

const toldPair = z.strictObject({
  subject: z.string(),
  firstPermission: z.string(),
  firstObject: z.string(),
  secondPermission: z.string(),
  secondObject: z.string(),
});

/** What a change would mean, that nobody makes. */
export const toldSimulation = z.strictObject({
  changed: z.int().describe('How many relationships would be others: what is so already is no change.'),
  gained: toldDifference.describe('Who would be allowed something that they are not allowed now.'),
  lost: toldDifference.describe('Who would be denied something that they are not denied now.'),
  becameUndecided: toldDifference.describe('Of whom only a context would say whether they are allowed.'),
  escalations: z
    .strictObject({ count: z.int(), examples: z.array(toldEscalation) })
    .describe('Who would be able to give what they cannot give now.'),
  toxicPairs: z
    .strictObject({ count: z.int(), examples: z.array(toldPair) })
    .describe('Who would come to have two permissions that nobody should have together.'),
  problems: z
    .strictObject({ count: z.int(), examples: z.array(z.strictObject({ code: z.string(), message: z.string() })) })
    .describe('What would refuse the change, whoever made it.'),
  ...toldNotExamined,
});

export type ToldSimulation = z.infer<typeof toldSimulation>;

/** Most that the examples of one kind take of an answer; more of them are counted only. */
const mostBytes = 4 * 1024;

export function tellSimulation(simulation: Simulation): ToldSimulation {
  const { changed, escalations, toxicPairs, problems, notExamined } = simulation;
  const told = problems.map(({ code, message }) => ({ code, message }));
  return {
    changed,
    gained: tellDifference(simulation.gained),
    lost: tellDifference(simulation.lost),
    becameUndecided: tellDifference(simulation.becameUndecided),
    escalations: { count: escalations.count, examples: first(escalations.examples.map(tellEscalation)) },
    toxicPairs: { count: toxicPairs.count, examples: first(toxicPairs.examples.map(tellPair)) },
    problems: { count: told.length, examples: first(told) },
    ...tellNotExamined(notExamined),
  };
}

function tellDifference({ count, examples }: AccessDifference): z.infer<typeof toldDifference> {
  const told = examples.map(({ subject, permission, object }) => {
    return { subject: formatSubjectRef(subject), permission, object: formatObjectRef(object) };
  });
  return { count, examples: first(told) };
}

function tellEscalation({ subject, object, permission, relations }: OpenedEscalation): z.infer<typeof toldEscalation> {
  return {
    ...{ subject: formatSubjectRef(subject), object: formatObjectRef(object), permission },
    gives: [...relations],
  };
}

function tellPair({ subject, pair, first: one, second }: OpenedPair): z.infer<typeof toldPair> {
  return {
    subject: formatSubjectRef(subject),
    ...{ firstPermission: pair.first.permission, firstObject: formatObjectRef(one) },
    ...{ secondPermission: pair.second.permission, secondObject: formatObjectRef(second) },
  };
}

function first<Told>(all: readonly Told[]): Told[] {
  return [...fitAll(all, mostBytes).shown];
}

const verbs = { gained: say`gained`, lost: say`lost`, becameUndecided: say`undecided without a context` };

/** What it means in words: counts, and nothing of what is counted. */
export function saySimulation(simulation: ToldSimulation): Prose {
  const { changed, escalations, toxicPairs, problems } = simulation;
  return sayAll([
    say`Nothing was changed. The change makes ${changed} differences among relationships.`,
    ...accessDifferenceKinds.map((kind) => say`${simulation[kind].count} decisions would be ${said(verbs[kind])}.`),
    say`${escalations.count} rights to give something would be gained, and ${toxicPairs.count} pairs of permissions would come together that nobody should have.`,
    ...(problems.count > 0 ? [say`It would be refused, whoever made it: see "problems".`] : []),
    sayNotExamined(simulation),
  ]);
}
