import type { ViewerPermissions } from '../operations/access/list-viewer-permissions.ts';

/** What the resolvers of `ObjectPermissions` read. */
export type ObjectPermissionsParent = ViewerPermissions;
