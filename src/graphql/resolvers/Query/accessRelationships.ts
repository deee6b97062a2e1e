import { listRelationships } from '../../../operations/relationships/list-relationships.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { relationshipParentOf } from '../../access-relationship.ts';
import { checkedName } from '../../checked-arguments.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { viewerOf } from '../../request-context.ts';

export const accessRelationships: NonNullable<QueryResolvers['accessRelationships']> = async (
  _parent,
  { filter, ...args },
  context,
) => {
  const wanted = {
    objectType: checkedName(filter?.objectType, 'objectType'),
    object: filter?.object ?? undefined,
    relation: checkedName(filter?.relation, 'relation'),
    subject: filter?.subject ?? undefined,
    condition: checkedName(filter?.condition, 'condition'),
    createdBy: filter?.createdBy ?? undefined,
    expiresBefore: filter?.expiresBefore ?? undefined,
  };
  const listed = await listRelationships(context.postern, viewerOf(context), wanted, pageOf(args, context));
  if (!listed.ok) throw refusalError(listed.problem);
  const { relationships, hasMore, endCursor, isCutShort, token } = listed.value;
  const edges = relationships.map(({ relationship, cursor }) => ({ cursor, node: relationshipParentOf(relationship) }));
  return { ...connectionOf(edges, { after: args.after, hasMore, endCursor }), isCutShort, consistencyToken: token };
};
