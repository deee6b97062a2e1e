import type { ChangedRelationshipResolvers } from '../__generated__/resolver-types.ts';

export const ChangedRelationship: ChangedRelationshipResolvers = {
  condition: ({ condition }) => condition ?? null,
  startsAt: ({ startsAt }) => startsAt ?? null,
  expiresAt: ({ expiresAt }) => expiresAt ?? null,
};
