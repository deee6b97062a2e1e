import { listAuditEvents } from '../../../operations/audit/list-audit-events.ts';
import type { AccessAuditOutcome, QueryResolvers } from '../../__generated__/resolver-types.ts';
import { searchedText } from '../../checked-arguments.ts';
import { connectionOf } from '../../connection.ts';
import { refusalError } from '../../errors.ts';
import { pageOf } from '../../page-argument.ts';
import { viewerOf } from '../../request-context.ts';

const outcomes = { DONE: 'done', DENIED: 'denied' } as const satisfies Record<AccessAuditOutcome, string>;

export const accessAuditEvents: NonNullable<QueryResolvers['accessAuditEvents']> = async (
  _parent,
  { filter, ...args },
  context,
) => {
  const question = {
    object: filter?.object ?? undefined,
    subject: filter?.subject ?? undefined,
    actor: searchedText(filter?.actor, 'actor'),
    action: searchedText(filter?.action, 'action'),
    outcome: filter?.outcome ? outcomes[filter.outcome] : undefined,
    from: filter?.from ?? undefined,
    to: filter?.to ?? undefined,
  };
  const listed = await listAuditEvents(context.postern, viewerOf(context), question, pageOf(args, context));
  if (!listed.ok) throw refusalError(listed.problem);
  const { events, hasMore, endCursor, isCutShort, token } = listed.value;
  const edges = events.map(({ event, cursor }) => ({ cursor, node: event }));
  return { ...connectionOf(edges, { after: args.after, hasMore, endCursor }), isCutShort, consistencyToken: token };
};
