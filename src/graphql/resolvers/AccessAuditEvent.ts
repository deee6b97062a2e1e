import type { AccessAuditEventResolvers } from '../__generated__/resolver-types.ts';

export const AccessAuditEvent: AccessAuditEventResolvers = {
  id: ({ id }) => String(id),
  delegate: ({ delegate }) => delegate ?? null,
  outcome: ({ outcome }) => (outcome === 'done' ? 'DONE' : 'DENIED'),
  modelId: ({ model }) => (model === null ? null : String(model)),
  reason: ({ reason }) => reason ?? null,
  requestId: ({ requestId }) => requestId ?? null,
  consistencyToken: ({ token }) => token,
};
