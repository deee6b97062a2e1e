import { listModels } from '../../../operations/models/list-models.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { viewerOf } from '../../request-context.ts';

export const authorizationModels: NonNullable<QueryResolvers['authorizationModels']> = async (
  _parent,
  args,
  context,
) => {
  const page = await listModels(context.postern, viewerOf(context), pageOf(args, context));
  if (!page.ok) throw refusalError(page.problem);
  const { models, hasMore, token } = page.value;
  const edges = models.map(({ model, cursor }) => ({ cursor, node: model }));
  return { ...connectionOf(edges, { after: args.after, hasMore }), consistencyToken: token };
};
