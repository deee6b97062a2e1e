import type { AuditQuestion } from '../operations/audit/audit-question.ts';
import type { AccessAuditEventFilter, AccessAuditOutcome } from './__generated__/resolver-types.ts';
import { assertCount, searchedText } from './checked-arguments.ts';

const outcomes = { DONE: 'done', DENIED: 'denied' } as const satisfies Record<AccessAuditOutcome, string>;

/** Which events of the audit log a filter means. */
export function auditQuestionOf(filter: AccessAuditEventFilter | null | undefined): AuditQuestion {
  return {
    object: filter?.object ?? undefined,
    subject: filter?.subject ?? undefined,
    actor: searchedText(filter?.actor, 'actor'),
    action: searchedText(filter?.action, 'action'),
    actions: actionsOf(filter?.actions),
    involving: filter?.involving ?? undefined,
    outcome: filter?.outcome ? outcomes[filter.outcome] : undefined,
    from: filter?.from ?? undefined,
    to: filter?.to ?? undefined,
  };
}

/** More than there are actions are none of them, or named twice. */
const mostActions = 50;

function actionsOf(actions: readonly string[] | null | undefined): readonly string[] | undefined {
  if (!actions) return undefined;
  assertCount(actions, mostActions, 'actions');
  return [...new Set(actions.flatMap((one) => searchedText(one, 'actions') ?? []))];
}
