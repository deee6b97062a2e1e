import { limits } from '../../../model/limits.ts';
import type { ViewerPermissions } from '../../../operations/access/list-viewer-permissions.ts';
import { watchViewerPermissions } from '../../../operations/live/watch-viewer-permissions.ts';
import type { SubscriptionResolvers } from '../../__generated__/resolver-types.ts';
import { assertCount } from '../../checked-arguments.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { eventValue, type LiveEvent, liveEvents } from '../../live-events.ts';
import { sessionOf, viewerOf } from '../../request-context.ts';

export const viewerPermissionsChanged: NonNullable<SubscriptionResolvers['viewerPermissionsChanged']> = {
  subscribe: (_parent, { objects, ...args }, context) => {
    assertCount(objects, limits.objectsPerField.most, 'objects');
    const viewer = viewerOf(context);
    const watched = { objects, consistency: consistencyOf(args.consistency, context) };
    return liveEvents(sessionOf(context), (signal) => watchViewerPermissions(context.postern, viewer, watched, signal));
  },
  resolve: (event: LiveEvent<readonly ViewerPermissions[]>) => eventValue(event),
};
