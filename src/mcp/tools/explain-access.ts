import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { emptyContext } from '../../model/relationship.ts';
import { explainPermission, type PermissionExplanation } from '../../operations/access/explain-permission.ts';
import type { ExplanationPart } from '../../operations/access/explain-question.ts';
import { type Prose, say, sayAll } from '../prose.ts';
import { sentContext, sentObject, sentRelation, sentSubject } from '../sent-values.ts';
import { sayPart, type ToldPart, tellDecision, tellPart, toldPart } from '../told/explanation.ts';
import { mostDataBytes } from '../told/fit.ts';
import { defineTool, reading } from '../tool.ts';

/** Why somebody has a permission, or why not. */
export const explainAccess = defineTool({
  name: 'explain_access',
  title: 'Explain access',
  description:
    'Says why a subject holds a permission on an object, or why not: the relationships that it rests on, or what stands in its way. About yourself you may always ask; about others if you may review the object, or check any subject. What is not yours to see is "hidden". It explains, and changes nothing.',
  needs: 'read',
  hints: reading,
  input: z.strictObject({
    subject: sentSubject.optional().describe('Who: "user:ann", or a set as "team:eng#member". Left out: yourself.'),
    permission: sentRelation.describe('A permission or another relation of the object\'s type: "can_edit".'),
    object: sentObject.describe('On what: "type:id", as "track:42".'),
    context: sentContext.optional(),
  }),
  output: z.strictObject({
    decision: z
      .enum(['allowed', 'denied', 'undecided'])
      .describe('"undecided" is neither yes nor no: never act on it as if it were allowed.'),
    code: z.string().optional().describe('Why it is undecided, for programs.'),
    parts: z.array(toldPart).describe('One; or those of an agent and of the one that it acts for.'),
  }),
  work: 'questions',
  points: () => 400,
  run: async ({ postern, actor, consistency }, { subject = actor.subject, permission, object, context }) => {
    const question = { subject, permission, object, context: context ?? emptyContext, contextual: [], consistency };
    const explained = await explainPermission(postern, actor, question);
    if (!explained.ok) return explained;
    const parts = partsOf(explained.value, { subject, relation: permission, object, context: question.context });
    const told = parts.map((part) => tellPart(part, Math.floor(mostStepBytes / parts.length)));
    const answer = tellDecision(explained.value.decision);
    return ok({ says: sayExplanation(answer, told), data: { ...answer, parts: told } });
  },
});

/** The words say them once more. */
const mostStepBytes = mostDataBytes / 2;

/** Whoever asks without an agent is told in one part. */
function partsOf(
  { parts, ...explained }: PermissionExplanation,
  check: ExplanationPart['check'],
): readonly ExplanationPart[] {
  return parts.length > 0 ? parts : [{ ...explained, kind: 'subject', check, isDeciding: true }];
}

/** Each part in words; before several of them, what follows. */
export function sayExplanation({ decision }: ReturnType<typeof tellDecision>, parts: readonly ToldPart[]): Prose {
  const words = parts.map(sayPart);
  if (parts.length === 1) return sayAll(words);
  const together = {
    allowed: say`Allowed, which takes three things:`,
    denied: say`Denied, as it takes three things:`,
    undecided: say`Not decided, as it takes three things:`,
  };
  return sayAll([together[decision], ...words]);
}
