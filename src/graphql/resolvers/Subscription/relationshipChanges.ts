import { findStartOfChanges, watchRelationshipChanges } from '../../../operations/live/watch-relationship-changes.ts';
import type { SubscriptionResolvers } from '../../__generated__/resolver-types.ts';
import { refusalError } from '../../errors.ts';
import { liveEvents } from '../../live-events.ts';
import { relationshipChangesOf } from '../../relationship-changes.ts';
import { sessionOf, viewerOf } from '../../request-context.ts';

export const relationshipChanges: NonNullable<SubscriptionResolvers['relationshipChanges']> = {
  subscribe: async (_parent, { after }, context) => {
    const viewer = viewerOf(context);
    const start = await findStartOfChanges(context.postern, viewer, after ?? undefined);
    if (!start.ok) throw refusalError(start.problem);
    return liveEvents(sessionOf(context), (signal) =>
      watchRelationshipChanges(context.postern, viewer, start.value, signal),
    );
  },
  resolve: relationshipChangesOf,
};
