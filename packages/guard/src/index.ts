export { assertGuarded } from './assert-guarded.ts';
export type { BreakerOptions } from './circuit-breaker.ts';
export type { Decision, PermissionCheck, PosternClient } from './decision.ts';
export { type GuardOptions, guardSchema } from './guard-schema.ts';
export { createPosternClient, type PosternClientOptions } from './postern-client.ts';
export { isPosternError, PosternError, type PosternErrorCode } from './postern-error.ts';
export { linkSDL, requiresPermissionSDL } from './requires-permission.ts';
