import type { AccessRelationshipResolvers } from '../__generated__/resolver-types.ts';

export const AccessRelationship: AccessRelationshipResolvers = {
  object: ({ record }) => record.object,
  relation: ({ record }) => record.relation,
  subject: ({ record }) => record.subject,
  condition: ({ record }) => record.condition ?? null,
  startsAt: ({ record }) => record.startsAt ?? null,
  expiresAt: ({ record }) => record.expiresAt ?? null,
  createdAt: ({ createdAt }) => createdAt,
  createdBy: ({ createdBy }) => createdBy,
};
