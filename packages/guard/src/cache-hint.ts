import type { GraphQLResolveInfo } from 'graphql';

/**
 * For an answer whose key says who may see it: it may be kept, no longer than this, and by the cache that has the key. What is said to be
 * one caller's own stays so.
 */
export function keepInCache(info: GraphQLResolveInfo, seconds: number): void {
  const hint = property(property(info, 'cacheControl'), 'cacheHint');
  const given = property(hint, 'maxAge');
  const maxAge = typeof given === 'number' && given < seconds ? given : seconds;
  setHint(info, property(hint, 'scope') === 'PRIVATE' ? ofOneCaller : { maxAge, scope: 'PUBLIC' });
}

/**
 * Tells a server that keeps answers that this one is for nobody else: what a guard lets through or refuses is the caller's
 * own, whatever `@cacheControl` says on the field, on its type, or in its resolver. Apollo Server gives each field a place for
 * such hints; the strictest hint of an operation is the one of its whole answer.
 */
export function keepFromCaches(info: GraphQLResolveInfo): void {
  setHint(info, ofOneCaller);
}

const ofOneCaller = { maxAge: 0, scope: 'PRIVATE' };

function setHint(info: GraphQLResolveInfo, hint: { readonly maxAge: number; readonly scope: string }): void {
  const control = property(info, 'cacheControl');
  const setCacheHint = property(control, 'setCacheHint');
  if (typeof setCacheHint === 'function') setCacheHint.call(control, hint);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
