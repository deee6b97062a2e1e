import type { Idempotency } from '../operations/writes/run-write.ts';

/** The key of a mutation, with everything that makes it this request and no other. */
export function idempotencyOf(
  operation: string,
  { idempotencyKey, ...input }: { readonly idempotencyKey?: string | null | undefined },
): Idempotency | undefined {
  if (idempotencyKey === null || idempotencyKey === undefined) return undefined;
  return { key: idempotencyKey, request: { operation, input } };
}
