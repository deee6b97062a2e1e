import { listModels } from '../../../operations/models/list-models.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { pageSize } from '../../checked-arguments.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { viewerOf } from '../../request-context.ts';

export const authorizationModels: NonNullable<QueryResolvers['authorizationModels']> = async (
  _parent,
  { first, after },
  context,
) => {
  const page = await listModels(context.postern, viewerOf(context), pageSize(first), after ?? undefined);
  if (!page.ok) throw refusalError(page.problem);
  const edges = page.value.models.map(({ model, cursor }) => ({ cursor, node: model }));
  return connectionOf(edges, { after, hasMore: page.value.hasMore });
};
