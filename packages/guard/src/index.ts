export { assertGuarded } from './assert-guarded.ts';
export { type ApolloRequest, type CacheKeyOptions, type CacheKeys, createCacheKeys } from './cache/cache-keys.ts';
export type { BreakerOptions } from './circuit-breaker.ts';
export type { Decision, PermissionCheck, PosternClient } from './decision.ts';
export { type GuardOptions, guardSchema } from './guard-schema.ts';
export { createPosternClient, type PosternClientOptions } from './postern-client.ts';
export { isPosternError, PosternError, type PosternErrorCode } from './postern-error.ts';
export { linkSDL, requiresPermissionSDL } from './requires-permission.ts';
export type { ShadowClock } from './shadow/shadow-clock.ts';
export type { ShadowCount } from './shadow/shadow-counts.ts';
export type {
  OldAnswer,
  ShadowComparison,
  ShadowOptions,
  ShadowQuestion,
  ShadowResult,
} from './shadow/shadow-options.ts';
export { type ShadowClient, withShadow } from './shadow/with-shadow.ts';
