import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { usualPageSize } from '../../model/limits.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { listSubjectsWithAccess } from '../../operations/access/list-subjects-with-access.ts';
import { type Prose, said, say } from '../prose.ts';
import { sentContext, sentCursor, sentFirst, sentObject, sentRelation, sentType } from '../sent-values.ts';
import { bytesOf } from '../told/fit.ts';
import { tellPage, toldPage } from '../told/page.ts';
import { sayPage } from '../told/say-page.ts';
import { tellNames, tellUndecided, toldUndecided } from '../told/undecided.ts';
import { defineTool, reading } from '../tool.ts';

/** The subjects that have a permission on an object. */
export const listSubjects = defineTool({
  name: 'list_subjects',
  title: 'List subjects',
  description:
    'Lists the subjects of a type that hold a permission on an object, page by page: for whoever may review the object, or check any subject; only the latter may send a context. "user:*" among them means everybody of the type, but for those in "excluded".',
  needs: 'read',
  hints: reading,
  input: z.strictObject({
    object: sentObject.describe('On what: "type:id", as "track:42".'),
    permission: sentRelation.describe('A permission or another relation of the object\'s type: "can_edit".'),
    subjectType: sentType.describe('The type of the subjects: "user".'),
    subjectRelation: sentRelation
      .optional()
      .describe('For sets, their relation: "member" for those as "team:eng#member".'),
    context: sentContext.optional(),
    first: sentFirst,
    after: sentCursor,
  }),
  output: z.strictObject({
    subjects: z.array(z.string()),
    excluded: z
      .array(z.string())
      .describe('In the range of the page: denied, although everybody else of the type is allowed.'),
    excludedCount: z.int().describe('How many there are of them, with those that are not named here.'),
    undecided: z
      .array(toldUndecided)
      .describe('Subjects in the range of the page that are neither allowed nor denied.'),
    undecidedCount: z.int().describe('How many there are of them, with those that are not named here.'),
    ...toldPage,
  }),
  work: 'questions',
  points: ({ first = usualPageSize }) => 300 + 5 * first,
  run: async ({ postern, actor, consistency }, input) => {
    const { object, permission, context = emptyContext, first = usualPageSize, after } = input;
    const { subjectType, subjectRelation } = input;
    const question = { object, permission, subjectType, subjectRelation, context, contextual: [], consistency };
    const listed = await listSubjectsWithAccess(postern, actor, { ...question, first, after });
    if (!listed.ok) return listed;
    const { subjects, excluded, undecided, ...page } = listed.value;
    const open = tellUndecided(undecided.map(({ subject, problem }) => [formatSubjectRef(subject), problem]));
    const kept = tellNames(excluded.map(formatSubjectRef));
    const found = { ...page, items: subjects, cursorOf: ({ cursor }: (typeof subjects)[number]) => cursor };
    const { items, rest } = tellPage(
      found,
      ({ subject }) => formatSubjectRef(subject),
      bytesOf([open.shown, kept.shown]),
    );
    const on = formatObjectRef(object);
    return ok({
      says: say`${items.length} subjects of the type ${subjectType} hold ${permission} on ${on} here.${said(sayExcluded(excluded.length))} ${said(sayPage(rest, undecided.length))}`,
      data: {
        subjects: [...items],
        ...{ excluded: [...kept.shown], excludedCount: excluded.length },
        ...{ undecided: [...open.shown], undecidedCount: undecided.length },
        ...rest,
      },
    });
  },
});

function sayExcluded(count: number): Prose {
  return count === 0 ? say`` : say` ${count} are kept from what everybody else has.`;
}
