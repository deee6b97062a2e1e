import { reviewAccess } from '../../../operations/reviews/review-access.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { accessReviewEntry } from '../../access-review-entry.ts';
import { checkedName } from '../../checked-arguments.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { viewerOf } from '../../request-context.ts';

export const accessReview: NonNullable<QueryResolvers['accessReview']> = async (_parent, args, context) => {
  const { object, includeContained, filter, after } = args;
  const reviewed = await reviewAccess(context.postern, viewerOf(context), {
    object,
    includeContained: includeContained ?? false,
    role: checkedName(filter?.role, 'role'),
    subject: filter?.subject ?? undefined,
    expiresBefore: filter?.expiresBefore ?? undefined,
    withoutEnd: filter?.withoutEnd ?? false,
    notHolding: filter?.notHolding ?? undefined,
    subjectType: checkedName(filter?.subjectType, 'subjectType'),
    isDirect: filter?.isDirect ?? undefined,
    isEffective: filter?.isEffective ?? undefined,
    ...pageOf(args, context),
  });
  if (!reviewed.ok) throw refusalError(reviewed.problem);
  const { entries, hasMore, endCursor, isCutShort, isComplete, givingObjects, token } = reviewed.value;
  const edges = entries.map((entry) => ({ cursor: entry.cursor, node: accessReviewEntry(entry) }));
  return {
    ...connectionOf(edges, { after, hasMore, endCursor: isCutShort ? endCursor : undefined }),
    isCutShort,
    isComplete,
    rightsComeFrom: givingObjects,
    consistencyToken: token,
  };
};
