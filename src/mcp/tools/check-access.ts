import { z } from 'zod';
import { failed, ok } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import type { Check } from '../../engine/check/check.ts';
import type { Decision } from '../../model/decision.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { checkForAsker } from '../../operations/access/check-for-asker.ts';
import { isOfAll } from '../../operations/is-of-all.ts';
import { type Prose, say, sayAll } from '../prose.ts';
import { sentContext, sentObject, sentRelation, sentSubject } from '../sent-values.ts';
import { defineTool, reading } from '../tool.ts';

const mostChecks = 50;

const decided = z.strictObject({
  subject: z.string(),
  permission: z.string(),
  object: z.string(),
  decision: z
    .enum(['allowed', 'denied', 'undecided'])
    .describe('"undecided" is neither yes nor no: never act on it as if it were allowed.'),
  code: z.string().optional().describe('Why it is undecided, for programs.'),
});

/** Whether subjects may do something with objects. */
export const checkAccess = defineTool({
  name: 'check_access',
  title: 'Check access',
  description: `Says whether subjects hold permissions on objects, all in one state of the data. Up to ${mostChecks} questions. Without "subject" a question is about you. About others you may ask with the right to check any subject. Answers describe access; they do not give any.`,
  needs: 'read',
  hints: reading,
  input: z.strictObject({
    checks: z
      .array(
        z.strictObject({
          subject: sentSubject
            .optional()
            .describe('Who: "user:ann", or a set as "team:eng#member". Left out: yourself.'),
          permission: sentRelation.describe('A permission or another relation of the object\'s type: "can_edit".'),
          object: sentObject.describe('On what: "type:id", as "track:42".'),
          context: sentContext.optional(),
        }),
      )
      .min(1)
      .max(mostChecks)
      .describe('The questions.'),
  }),
  output: z.strictObject({ decisions: z.array(decided).describe('One for each question, in their order.') }),
  work: 'questions',
  points: ({ checks }) => 1 + checks.length,
  run: async ({ postern, actor, consistency }, input) => {
    const checks = input.checks.map(({ subject = actor.subject, permission, object, context }): Check => {
      return { subject, relation: permission, object, context: context ?? emptyContext };
    });
    // It is asked, and enforced by nobody.
    const answered = await checkForAsker({ ...postern, onEnforced: undefined }, actor, {
      checks,
      consistency,
      wording: undefined,
    });
    if (!answered.ok) return answered;
    for (const decision of answered.value) {
      const { kind } = decision;
      if (kind === 'undecided' && isOfAll(decision.problem)) return failed({ kind, problem: decision.problem });
    }
    const pairs = zip(checks, answered.value);
    return ok({ says: sayAll(pairs.map(describe)), data: { decisions: pairs.map(dataOf) } });
  },
});

function namesOf({ subject, relation, object }: Check) {
  return { subject: formatSubjectRef(subject), permission: relation, object: formatObjectRef(object) };
}

function dataOf([check, decision]: readonly [Check, Decision]): z.input<typeof decided> {
  const code = decision.kind === 'undecided' ? { code: decision.problem.code } : {};
  return { ...namesOf(check), decision: decision.kind, ...code };
}

function describe([check, decision]: readonly [Check, Decision]): Prose {
  const { subject, permission, object } = namesOf(check);
  switch (decision.kind) {
    case 'allowed':
      return say`${subject} holds ${permission} on ${object}.`;
    case 'denied':
      return say`${subject} does not hold ${permission} on ${object}.`;
    case 'undecided':
      return say`Whether ${subject} holds ${permission} on ${object} is not decided (${decision.problem.code}).`;
  }
}
