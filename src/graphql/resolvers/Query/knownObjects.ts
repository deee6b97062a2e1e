import { listKnownObjects } from '../../../operations/reviews/list-known-objects.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { checkedBeginning } from '../../checked-arguments.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { viewerOf } from '../../request-context.ts';

export const knownObjects: NonNullable<QueryResolvers['knownObjects']> = async (_parent, args, context) => {
  const { type, startsWith, within, after } = args;
  const listed = await listKnownObjects(context.postern, viewerOf(context), {
    type,
    startsWith: checkedBeginning(startsWith, 'startsWith') ?? '',
    within: within ?? undefined,
    ...pageOf(args, context),
  });
  if (!listed.ok) throw refusalError(listed.problem);
  const { objects, hasMore, lastId, isCutShort, isComplete, cursorOf, token } = listed.value;
  const edges = objects.map((object) => ({ cursor: cursorOf(object.id), node: object }));
  const endCursor = isCutShort && lastId !== undefined ? cursorOf(lastId) : undefined;
  return { ...connectionOf(edges, { after, hasMore, endCursor }), isCutShort, isComplete, consistencyToken: token };
};
