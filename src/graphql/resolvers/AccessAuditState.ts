import type { AccessAuditStateResolvers } from '../__generated__/resolver-types.ts';

export const AccessAuditState: AccessAuditStateResolvers = {
  modelIds: ({ models }) => models.map(String),
  hiddenCount: ({ hidden }) => hidden,
};
