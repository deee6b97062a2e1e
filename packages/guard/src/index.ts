export type { Decision, PermissionCheck, PosternClient } from './decision.ts';
export { linkSDL, requiresPermissionSDL } from './requires-permission.ts';
