import { listSubjectHoldings } from '../../../operations/roles/list-subject-holdings.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { relationshipParentOf } from '../../access-relationship.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { viewerOf } from '../../request-context.ts';

export const subjectHoldings: NonNullable<QueryResolvers['subjectHoldings']> = async (_parent, args, context) => {
  const { subject, within, after } = args;
  const question = { subject, within: within ?? undefined, ...pageOf(args, context) };
  const listed = await listSubjectHoldings(context.postern, viewerOf(context), question);
  if (!listed.ok) throw refusalError(listed.problem);
  const { holdings, hasMore, isComplete, token } = listed.value;
  const edges = holdings.map(({ cursor, relationship, isThroughSet }) => {
    return { cursor, node: { relationship: relationshipParentOf(relationship), isThroughSet } };
  });
  return { ...connectionOf(edges, { after, hasMore }), isComplete, consistencyToken: token };
};
