import { quote } from '../../../base/text-problem.ts';
import { readAuditEvent } from '../../../operations/audit/read-audit-event.ts';
import type { QueryResolvers } from '../../__generated__/resolver-types.ts';
import { consistencyOf } from '../../consistency-argument.ts';
import { badInput, refusalError } from '../../errors.ts';
import { viewerOf } from '../../request-context.ts';

export const accessAuditEvent: NonNullable<QueryResolvers['accessAuditEvent']> = async (
  _parent,
  { id: written, object, consistency },
  context,
) => {
  const id = /^[1-9]\d{0,14}$/.test(written) ? Number(written) : undefined;
  if (id === undefined)
    throw badInput(`${quote(written)} is not the number of an event; "accessAuditEvents" lists them.`);
  const question = { id, object: object ?? undefined, consistency: consistencyOf(consistency, context) };
  const event = await readAuditEvent(context.postern, viewerOf(context), question);
  if (!event.ok) throw refusalError(event.problem);
  return event.value ?? null;
};
