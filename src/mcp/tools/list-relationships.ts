import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { usualPageSize } from '../../model/limits.ts';
import { maxConditionNameBytes } from '../../model/names.ts';
import { listRelationships as list } from '../../operations/relationships/list-relationships.ts';
import { said, say } from '../prose.ts';
import { sentInstant } from '../sent-instant.ts';
import { sentCursor, sentFirst, sentObject, sentRelation, sentSubject, sentType } from '../sent-values.ts';
import { tellPage, toldPage } from '../told/page.ts';
import { tellStored, toldStored } from '../told/relationship.ts';
import { sayPage } from '../told/say-page.ts';
import { defineTool, reading } from '../tool.ts';

/** What is stored. */
export const listRelationships = defineTool({
  name: 'list_relationships',
  title: 'List relationships',
  description:
    'Lists the relationships that are stored, page by page; each filter that is given must match. For whoever may read all relationships; to ask without that right is recorded. What is stored is not yet what somebody may do: ask "check_access" for that.',
  needs: 'read',
  hints: reading,
  input: z.strictObject({
    objectType: sentType.optional().describe('Only on objects of this type.'),
    object: sentObject.optional().describe('Only on this object.'),
    relation: sentRelation.optional().describe('Only of this relation.'),
    subject: sentSubject.optional().describe('Only for this very subject: "user:ann", "team:eng#member", "user:*".'),
    condition: z
      .string()
      .min(1)
      .max(maxConditionNameBytes)
      .optional()
      .describe('Only with the condition of this name.'),
    createdBy: sentSubject.optional().describe('Only what this subject has written.'),
    expiresBefore: sentInstant.optional().describe('Only what ends before this time.'),
    first: sentFirst,
    after: sentCursor,
  }),
  output: z.strictObject({ relationships: z.array(toldStored), ...toldPage }),
  work: 'questions',
  points: ({ first = usualPageSize }) => 200 + 2 * first,
  run: async ({ postern, actor, consistency }, { first = usualPageSize, after, ...sent }) => {
    const { objectType, object, relation, subject, condition, createdBy, expiresBefore } = sent;
    const filter = { objectType, object, relation, subject, condition, createdBy, expiresBefore };
    const listed = await list(postern, actor, filter, { first, after, consistency });
    if (!listed.ok) return listed;
    const { relationships, ...page } = listed.value;
    const found = { ...page, items: relationships, cursorOf: ({ cursor }: (typeof relationships)[number]) => cursor };
    const { items, rest } = tellPage(found, ({ relationship }) => tellStored(relationship));
    return ok({
      says: say`${items.length} relationships here. ${said(sayPage(rest))}`,
      data: { relationships: [...items], ...rest },
    });
  },
});
