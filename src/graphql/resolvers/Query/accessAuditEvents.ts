import { listAuditEvents } from '../../../operations/audit/list-audit-events.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { auditQuestionOf } from '../../audit-question.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { viewerOf } from '../../request-context.ts';

export const accessAuditEvents: NonNullable<QueryResolvers['accessAuditEvents']> = async (
  _parent,
  { filter, ...args },
  context,
) => {
  const question = auditQuestionOf(filter);
  const listed = await listAuditEvents(context.postern, viewerOf(context), question, pageOf(args, context));
  if (!listed.ok) throw refusalError(listed.problem);
  const { events, hasMore, endCursor, isCutShort, token } = listed.value;
  const edges = events.map(({ event, cursor }) => ({ cursor, node: event }));
  return { ...connectionOf(edges, { after: args.after, hasMore, endCursor }), isCutShort, consistencyToken: token };
};
