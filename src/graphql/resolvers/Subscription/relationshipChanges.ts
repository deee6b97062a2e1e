import {
  findStartOfChanges,
  type RevisionEvent,
  watchRelationshipChanges,
} from '../../../operations/live/watch-relationship-changes.ts';
import { recordOf } from '../../../operations/relationship-record.ts';
import type { SubscriptionResolvers } from '../../__generated__/resolver-types.ts';
import { refusalError } from '../../errors.ts';
import { eventValue, type LiveEvent, liveEvents } from '../../live-events.ts';
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
  resolve: (event: LiveEvent<RevisionEvent>) => {
    const { token, changes, activatedModel } = eventValue(event);
    return {
      consistencyToken: token,
      changes: changes.map(({ operation, relationship }) => ({
        operation: operationNames[operation],
        relationship: recordOf(relationship),
      })),
      activatedModel: activatedModel === undefined ? null : String(activatedModel),
    };
  },
};

const operationNames = { write: 'WRITE', delete: 'DELETE' } as const;
