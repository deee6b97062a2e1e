import { findStartOfAccessChanges, watchAccessChanges } from '../../../operations/live/watch-access-changes.ts';
import type { SubscriptionResolvers } from '../../__generated__/resolver-types.ts';
import { refusalError } from '../../errors.ts';
import { liveEvents } from '../../live-events.ts';
import { relationshipChangesOf } from '../../relationship-changes.ts';
import { sessionOf, viewerOf } from '../../request-context.ts';

export const accessChanges: NonNullable<SubscriptionResolvers['accessChanges']> = {
  subscribe: async (_parent, { object, includeContained, after }, context) => {
    const viewer = viewerOf(context);
    const question = { object, includeContained: includeContained ?? false };
    const start = await findStartOfAccessChanges(context.postern, viewer, question, after ?? undefined);
    if (!start.ok) throw refusalError(start.problem);
    return liveEvents(sessionOf(context), (signal) =>
      watchAccessChanges(context.postern, viewer, question, start.value, signal),
    );
  },
  resolve: relationshipChangesOf,
};
