import { listRelationships } from '../../../operations/list-relationships.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { relationshipParentOf } from '../../access-relationship.ts';
import { refusalError } from '../../errors.ts';
import { checkedName, pageSize } from '../../limits.ts';
import { formatRelationshipCursor, parseRelationshipCursor } from '../../relationship-cursor.ts';
import { viewerOf } from '../../request-context.ts';

export const accessRelationships: NonNullable<QueryResolvers['accessRelationships']> = async (
  _parent,
  { filter, first, after },
  context,
) => {
  context.budget.question();
  const wanted = {
    objectType: checkedName(filter?.objectType, 'objectType'),
    object: filter?.object ?? undefined,
    relation: checkedName(filter?.relation, 'relation'),
    subject: filter?.subject ?? undefined,
  };
  const start = parseRelationshipCursor(after);
  const page = await listRelationships(context.postern, viewerOf(context), wanted, pageSize(first), start);
  if (!page.ok) throw refusalError(page.problem);
  const edges = page.value.relationships.map(({ relationship, cursor }) => ({
    cursor: formatRelationshipCursor(cursor),
    node: relationshipParentOf(relationship),
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.value.hasNextPage,
      hasPreviousPage: start !== undefined,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};
