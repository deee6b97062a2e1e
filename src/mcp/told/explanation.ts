import { z } from 'zod';
import type { Decision } from '../../model/decision.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import type { ExplanationPart } from '../../operations/access/explain-question.ts';
import { type Prose, say, sayAll } from '../prose.ts';
import { sayStep, type ToldStep, tellStep, toldStep } from './explanation-step.ts';
import { fitAll } from './fit.ts';

const partKinds = ['subject', 'delegate', 'acting'] as const satisfies readonly ExplanationPart['kind'][];

/** Why one check was decided as it was. */
export const toldPart = z.strictObject({
  kind: z
    .enum(partKinds)
    .describe(
      '"subject": what is asked. Where an agent asks about the one it acts for, "delegate" is the same of the agent, and "acting" whether it may act at all: all of them have to be so.',
    ),
  subject: z.string(),
  permission: z.string(),
  object: z.string(),
  decision: z.enum(['allowed', 'denied', 'undecided']),
  code: z.string().optional().describe('Why it is undecided, for programs.'),
  isDeciding: z.boolean().describe('Whether the answer follows from this part alone.'),
  steps: z.array(toldStep).describe('What it rests on, or what stands in its way; in the order of the words.'),
  stepsLeftOut: z.int().describe('How many more steps there are, which do not fit into an answer.'),
  sufficientRoles: z
    .array(z.strictObject({ object: z.string(), role: z.string() }))
    .describe(
      'Of a denial: roles any of which would be enough, of those that are yours to see. To have one takes somebody who may give it.',
    ),
});

export type ToldPart = z.infer<typeof toldPart>;

export function tellPart(part: ExplanationPart, mostBytes: number): ToldPart {
  const { kind, check, decision, isDeciding, roles } = part;
  const { shown, leftOut } = fitAll(part.steps.map(tellStep), mostBytes);
  return {
    kind,
    ...{ subject: formatSubjectRef(check.subject), permission: check.relation, object: formatObjectRef(check.object) },
    ...tellDecision(decision),
    isDeciding,
    ...{ steps: [...shown], stepsLeftOut: leftOut },
    sufficientRoles: [...roles],
  };
}

export function tellDecision(decision: Decision) {
  return { decision: decision.kind, ...(decision.kind === 'undecided' && { code: decision.problem.code }) };
}

/** A part in words: what was decided, and each of its steps. */
export function sayPart(part: ToldPart): Prose {
  const { subject, stepsLeftOut, sufficientRoles: roles } = part;
  const steps = part.steps.map((step: ToldStep) => sayStep(step, subject));
  return sayAll([
    sayDecision(part),
    ...introductionOf(part),
    ...steps,
    ...(stepsLeftOut > 0 ? [say`${stepsLeftOut} more steps are left out.`] : []),
    ...(roles.length > 0 ? [say`One of these roles would be enough:`] : []),
    ...roles.map(({ object, role }) => say`${role} on ${object}.`),
  ]);
}

function sayDecision({ subject, permission, object, decision, code = '' }: ToldPart): Prose {
  switch (decision) {
    case 'allowed':
      return say`${subject} holds ${permission} on ${object}.`;
    case 'denied':
      return say`${subject} does not hold ${permission} on ${object}.`;
    case 'undecided':
      return say`Whether ${subject} holds ${permission} on ${object} is not decided (${code}).`;
  }
}

function introductionOf({ decision, steps }: ToldPart): readonly Prose[] {
  if (steps.length > 0) return decision === 'allowed' ? [say`It rests on this:`] : [say`In its way stands this:`];
  if (decision === 'denied') return [say`Nothing leads to it, or what does is not yours to see.`];
  return [say`What this rests on is not yours to see.`];
}
