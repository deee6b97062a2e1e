import type { ObjectRef } from '../model/object-ref.ts';

/** Whose relationships to read: one object with all subject sets that are rooted in it, or these very sets. */
export type HoldingQuery =
  | { readonly kind: 'all'; readonly object: ObjectRef }
  | { readonly kind: 'sets'; readonly objects: readonly ObjectRef[]; readonly relation: string };
