import { listModels } from '../../../operations/models/list-models.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { refusalError } from '../../errors.ts';
import { pageSize } from '../../limits.ts';
import { viewerOf } from '../../request-context.ts';

export const authorizationModels: NonNullable<QueryResolvers['authorizationModels']> = async (
  _parent,
  { first, after },
  context,
) => {
  const page = await listModels(context.postern, viewerOf(context), pageSize(first), after ?? undefined);
  if (!page.ok) throw refusalError(page.problem);
  const edges = page.value.models.map(({ model, cursor }) => ({ cursor, node: model }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.value.hasNextPage,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};
