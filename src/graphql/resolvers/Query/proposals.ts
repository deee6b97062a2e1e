import { listProposals } from '../../../operations/proposals/list-proposals.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { viewerOf } from '../../request-context.ts';

export const proposals: NonNullable<QueryResolvers['proposals']> = async (
  _parent,
  { object, mine, toDecide, ...args },
  context,
) => {
  const question = { object: object ?? undefined, mine: mine ?? false, toDecide: toDecide ?? false };
  const listed = await listProposals(context.postern, viewerOf(context), question, pageOf(args, context));
  if (!listed.ok) throw refusalError(listed.problem);
  const { proposals: found, hasMore, endCursor, token } = listed.value;
  const edges = found.map(({ proposal, cursor }) => ({ cursor, node: proposal }));
  return { ...connectionOf(edges, { after: args.after, hasMore, endCursor }), consistencyToken: token };
};
