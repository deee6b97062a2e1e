import { AuditDocument, type AuditQuery, type AuditQueryVariables } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { usePages } from './use-pages.ts';

export type AuditEvent = AuditQuery['accessAuditEvents']['edges'][number]['node'];
export type AuditFilter = NonNullable<AuditQueryVariables['filter']>;

/** The audit log page by page. Ask for it only where it may be read: to be refused is an event in it. */
export function useAuditPages(filter: AuditFilter, isEnabled: boolean) {
  return usePages({
    question: ['audit', filter],
    isEnabled,
    read: async (after) => (await ask(AuditDocument, { filter, after })).accessAuditEvents,
  });
}
