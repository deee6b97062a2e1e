import { z } from 'zod';
import { ok } from '../../base/result.ts';
import type { IneffectiveReason } from '../../engine/review/grant-effect.ts';
import { usualPageSize } from '../../model/limits.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { type AccessReviewEntry, reviewAccess as review } from '../../operations/reviews/review-access.ts';
import { said, say } from '../prose.ts';
import { sentInstant } from '../sent-instant.ts';
import { sentSet } from '../sent-set.ts';
import { sentCursor, sentFirst, sentObject, sentRelation, sentSubject, sentType } from '../sent-values.ts';
import { bytesOf, fitAll } from '../told/fit.ts';
import { tellPage, toldPage } from '../told/page.ts';
import { tellStored, toldStored } from '../told/relationship.ts';
import { sayPage } from '../told/say-page.ts';
import { tellNames } from '../told/undecided.ts';
import { defineTool, reading } from '../tool.ts';

const reasons = [
  'BLOCKED',
  'NOT_BEGUN',
  'EXPIRED',
  'CONDITION',
  'IGNORED',
  'COVERED',
  'NO_PERMISSION',
] as const satisfies readonly IneffectiveReason[];

const toldGrant = z.strictObject({
  object: z.string(),
  role: z.string(),
  subject: z.string(),
  effect: z.enum(['effective', 'none', 'undecided']).describe('Whether a permission would change without it.'),
  why: z.enum(reasons).optional().describe('Why it has no effect.'),
  code: z.string().optional().describe('Why its effect is undecided.'),
  via: z.array(toldStored).describe('The relationships that it comes from; the last one names the subject.'),
  viaLeftOut: z.int().describe('How many of them do not fit into an answer.'),
  startsAt: z.string().optional(),
  expiresAt: z.string().optional(),
});

/** Most that the relationships of one grant take of an answer. */
const mostViaBytes = 24 * 1024;

/** Who has which role on an object. */
export const reviewAccess = defineTool({
  name: 'review_access',
  title: 'Review access',
  description:
    'Lists who has which role on an object, and on what belongs to it if that is asked, with the relationships that each comes from and whether it has an effect: for whoever may review the object. To ask without that right is recorded.',
  needs: 'read',
  hints: reading,
  input: z.strictObject({
    object: sentObject.describe('The object; an organization, for instance.'),
    includeContained: z
      .boolean()
      .optional()
      .describe('Whether to review what belongs to the object as well. Left out: no.'),
    role: sentRelation.optional().describe('Only this role.'),
    subject: sentSubject.optional().describe('Only what is given to this subject; no set.'),
    subjectType: sentType.optional().describe('Only subjects of this type.'),
    expiresBefore: sentInstant.optional().describe('Only what ends before this time.'),
    withoutEnd: z.boolean().optional().describe('Only what has no end.'),
    notHolding: sentSet.optional().describe('Only subjects that do not hold this relation on this object.'),
    isDirect: z.boolean().optional().describe('Only grants of one relationship; or with false, only those of several.'),
    isEffective: z.boolean().optional().describe('Only grants with an effect; or with false, only the others.'),
    first: sentFirst,
    after: sentCursor,
  }),
  output: z.strictObject({
    grants: z.array(toldGrant),
    isComplete: z.boolean().describe('Whether all pages together have everything that belongs to the object.'),
    rightsComeFrom: z
      .array(z.string())
      .describe('Other objects that permissions on this one come from; who has roles there is not said here.'),
    rightsComeFromCount: z.int().describe('How many there are of them, with those that are not named here.'),
    ...toldPage,
  }),
  work: 'questions',
  points: ({ first = usualPageSize }) => 500 + 10 * first,
  run: async ({ postern, actor, consistency }, input) => {
    const { object, includeContained = false, role, withoutEnd = false, first = usualPageSize, ...filter } = input;
    const question = { ...filter, ...allOf(filter), object, includeContained, role, withoutEnd, first, consistency };
    const reviewed = await review(postern, actor, question);
    if (!reviewed.ok) return reviewed;
    const { entries, isComplete, givingObjects, ...page } = reviewed.value;
    const others = tellNames(givingObjects.map(formatObjectRef));
    const found = { ...page, items: entries, cursorOf: ({ cursor }: AccessReviewEntry) => cursor };
    const { items, rest } = tellPage(found, tellGrant, bytesOf(others.shown));
    return ok({
      says: say`${items.length} grants on ${formatObjectRef(object)} here. ${said(sayPage(rest))} ${said(isComplete ? say`` : say`Not everything that belongs to it is reviewed.`)}`,
      data: {
        ...{ grants: [...items], isComplete },
        ...{ rightsComeFrom: [...others.shown], rightsComeFromCount: givingObjects.length },
        ...rest,
      },
    });
  },
});

type Filter = Pick<Parameters<typeof review>[2], 'subject' | 'expiresBefore' | 'notHolding' | 'after'>;

/** Left out is none. */
function allOf({ subject, expiresBefore, notHolding, after }: Partial<Filter>): Filter {
  return { subject, expiresBefore, notHolding, after };
}

function tellGrant({
  object,
  role,
  subject,
  effect,
  via,
  startsAt,
  expiresAt,
}: AccessReviewEntry): z.input<typeof toldGrant> {
  const { shown, leftOut } = fitAll(via.map(tellStored), mostViaBytes);
  return {
    ...{ object: formatObjectRef(object), role: role.name, subject: formatSubjectRef(subject) },
    effect: effect.kind,
    ...(effect.kind === 'none' && { why: effect.reason }),
    ...(effect.kind === 'undecided' && { code: effect.problem.code }),
    ...{ via: [...shown], viaLeftOut: leftOut },
    ...(startsAt && { startsAt: startsAt.toISOString() }),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  };
}
