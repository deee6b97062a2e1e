import type { ViewerPermissions } from '../operations/list-viewer-permissions.ts';

/** What the resolvers of `ObjectPermissions` read. */
export type ObjectPermissionsParent = ViewerPermissions;
