import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { usualPageSize } from '../../model/limits.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { findingKinds, usualKinds } from '../../operations/findings/access-finding.ts';
import { mostSteps, usualSteps } from '../../operations/findings/findings-question.ts';
import { listFindings } from '../../operations/findings/list-findings.ts';
import { mostDays, usualDays } from '../../operations/findings/use-window.ts';
import { said, say } from '../prose.ts';
import { sentSet } from '../sent-set.ts';
import { sentCursor, sentFirst, sentObject } from '../sent-values.ts';
import { tellFinding, toldFinding } from '../told/finding.ts';
import { bytesOf } from '../told/fit.ts';
import { sayNotExamined, tellNotExamined, toldNotExamined } from '../told/not-examined.ts';
import { tellPage, toldPage } from '../told/page.ts';
import { sayPage } from '../told/say-page.ts';
import { defineTool, reading } from '../tool.ts';

/** What somebody should look at of the access to an object. */
export const findFindings = defineTool({
  name: 'find_findings',
  title: 'Find findings',
  description:
    'Lists what somebody should look at of the access to an object, the heaviest first: facts and counts of the present state, each with what is stored that says so, and the change that would end it. Nothing is judged, and nothing is changed. For whoever may review the object; to ask without that right is recorded. What "notExamined" names was not looked at: no finding of it is no proof that there is none.',
  needs: 'read',
  hints: reading,
  input: z.strictObject({
    object: sentObject.describe('The object; an organization, for instance.'),
    includeContained: z
      .boolean()
      .optional()
      .describe('Whether to look at what belongs to the object as well. Left out: yes.'),
    kinds: z
      .array(z.enum(findingKinds))
      .min(1)
      .max(findingKinds.length)
      .optional()
      .describe('Only these. Left out: all but "dormantSubject", "unusedGrant", "roleSet" and "blastRadius".'),
    insiders: sentSet
      .optional()
      .describe('Who is inside: whoever does not hold this relation is an outsider. Left out: "member" of the object.'),
    steps: z.int().min(1).max(mostSteps).optional().describe(`Steps of an escalation. Left out: ${usualSteps}.`),
    days: z
      .int()
      .min(1)
      .max(mostDays)
      .optional()
      .describe(`For how long something was not used that is told of as that. Left out: ${usualDays}.`),
    first: sentFirst,
    after: sentCursor,
  }),
  output: z.strictObject({ findings: z.array(toldFinding), ...toldNotExamined, ...toldPage }),
  work: 'previews',
  points: ({ first = usualPageSize }) => 1500 + 2 * first,
  run: async ({ postern, actor, consistency }, input) => {
    const { object, insiders, steps = usualSteps, days = usualDays, first = usualPageSize, after, ...sent } = input;
    const { kinds, includeContained = true } = sent;
    const wanted = kinds === undefined ? usualKinds : findingKinds.filter((kind) => kinds.includes(kind));
    const question = { object, includeContained, kinds: wanted, insiders, steps, days, first, after, consistency };
    const listed = await listFindings(postern, actor, question);
    if (!listed.ok) return listed;
    const { findings, hasMore, cursorOf } = listed.value;
    const notExamined = tellNotExamined(listed.value.notExamined);
    const { items, rest } = tellPage({ items: findings, cursorOf, hasMore }, tellFinding, bytesOf(notExamined));
    return ok({
      says: say`${items.length} findings on ${formatObjectRef(object)} here. ${said(sayPage(rest))} ${said(sayNotExamined(notExamined))}`,
      data: { findings: [...items], ...notExamined, ...rest },
    });
  },
});
