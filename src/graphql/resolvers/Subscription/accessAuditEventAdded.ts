import {
  findStartOfAuditTail,
  type TailedEvent,
  watchAuditEvents,
} from '../../../operations/live/watch-audit-events.ts';
import type { SubscriptionResolvers } from '../../__generated__/resolver-types.ts';
import { auditQuestionOf } from '../../audit-question.ts';
import { refusalError } from '../../errors.ts';
import { eventValue, type LiveEvent, liveEvents } from '../../live-events.ts';
import { sessionOf, viewerOf } from '../../request-context.ts';

export const accessAuditEventAdded: NonNullable<SubscriptionResolvers['accessAuditEventAdded']> = {
  subscribe: async (_parent, { filter, after }, context) => {
    const viewer = viewerOf(context);
    const start = await findStartOfAuditTail(context.postern, viewer, auditQuestionOf(filter), after ?? undefined);
    if (!start.ok) throw refusalError(start.problem);
    const { tail, place } = start.value;
    return liveEvents(sessionOf(context), (signal) => watchAuditEvents(context.postern, viewer, tail, place, signal));
  },
  resolve: (event: LiveEvent<TailedEvent>) => {
    const { event: node, cursor } = eventValue(event);
    return { node, cursor };
  },
};
