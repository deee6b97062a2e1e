import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { usualPageSize } from '../../model/limits.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { listObjectsForAsker } from '../../operations/access/list-accessible-objects.ts';
import { said, say } from '../prose.ts';
import { sentContext, sentCursor, sentFirst, sentRelation, sentSubject, sentType } from '../sent-values.ts';
import { bytesOf } from '../told/fit.ts';
import { tellPage, toldPage } from '../told/page.ts';
import { sayPage } from '../told/say-page.ts';
import { tellUndecided, toldUndecided } from '../told/undecided.ts';
import { defineTool, reading } from '../tool.ts';

/** The objects of a type that somebody has a permission on. */
export const listObjects = defineTool({
  name: 'list_objects',
  title: 'List objects',
  description:
    'Lists the objects of a type that a subject holds a permission on, page by page. About yourself you may always ask, and then a context counts for nothing; about others with the right to check any subject.',
  needs: 'read',
  hints: reading,
  input: z.strictObject({
    subject: sentSubject.optional().describe('Who: "user:ann". Left out: yourself.'),
    permission: sentRelation.describe('A permission or another relation of the type: "can_edit".'),
    type: sentType.describe('The type of the objects: "track".'),
    context: sentContext.optional(),
    first: sentFirst,
    after: sentCursor,
  }),
  output: z.strictObject({
    objects: z.array(z.string()),
    undecided: z.array(toldUndecided).describe('Objects in the range of the page that are neither allowed nor denied.'),
    undecidedCount: z.int().describe('How many there are of them, with those that are not named here.'),
    ...toldPage,
  }),
  work: 'questions',
  points: ({ first = usualPageSize }) => 300 + 5 * first,
  run: async ({ postern, actor, consistency }, input) => {
    const { subject = actor.subject, permission, type, context = emptyContext, first = usualPageSize, after } = input;
    const question = { subject, permission, type, context, contextual: [], consistency, first, after };
    const listed = await listObjectsForAsker(postern, actor, question);
    if (!listed.ok) return listed;
    const { objects, undecided, cursorOf, lastId, hasMore, isCutShort } = listed.value;
    const open = tellUndecided(undecided.map(({ object, problem }) => [formatObjectRef(object), problem]));
    const endCursor = lastId === undefined ? undefined : cursorOf(lastId);
    const page = { items: objects, cursorOf: cursorOfObject, hasMore, endCursor, isCutShort };
    const { items, rest } = tellPage(page, formatObjectRef, bytesOf(open.shown));
    const who = formatSubjectRef(subject);
    return ok({
      says: say`${who} holds ${permission} on ${items.length} objects of the type ${type} here. ${said(sayPage(rest, undecided.length))}`,
      data: { objects: [...items], undecided: [...open.shown], undecidedCount: undecided.length, ...rest },
    });

    function cursorOfObject({ id }: (typeof objects)[number]): string {
      return cursorOf(id);
    }
  },
});
