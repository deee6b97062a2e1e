import type { GraphQLResolveInfo } from 'graphql';

/**
 * Tells a server that keeps answers that this one is for nobody else: what a guard lets through or refuses is the caller's
 * own, whatever `@cacheControl` says on the field, on its type, or in its resolver. Apollo Server gives each field a place for
 * such hints; the strictest hint of an operation is the one of its whole answer.
 */
export function keepFromCaches(info: GraphQLResolveInfo): void {
  const control: unknown = Reflect.get(info, 'cacheControl');
  if (typeof control !== 'object' || control === null) return;
  const setCacheHint: unknown = Reflect.get(control, 'setCacheHint');
  if (typeof setCacheHint === 'function') setCacheHint.call(control, { maxAge: 0, scope: 'PRIVATE' });
}
