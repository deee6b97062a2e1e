import { readAuditHead } from '../../../operations/audit/read-audit-head.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { refusalError } from '../../errors.ts';
import { viewerOf } from '../../request-context.ts';

export const auditLogHead: NonNullable<QueryResolvers['auditLogHead']> = async (_parent, { consistency }, context) => {
  const head = await readAuditHead(context.postern, viewerOf(context), consistencyOf(consistency, context));
  if (!head.ok) throw refusalError(head.problem);
  return head.value;
};
