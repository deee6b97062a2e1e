import { useQuery } from '@tanstack/react-query';
import { RightsDocument } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { useCaller } from './session.ts';

/**
 * What the caller may look at. It is asked before, since to try and be refused would leave an event in the audit log; until it is
 * known, nobody may anything.
 */
export interface Rights {
  readonly isKnown: boolean;
  readonly mayAskAboutAnybody: boolean;
  readonly mayReadRelationships: boolean;
  readonly mayReadWholeAuditLog: boolean;
  readonly mayReadModel: boolean;
}

export function useRights(): Rights {
  const { platform } = useCaller();
  const names = ['can_check_any_subject', 'can_read_relationships', 'can_read_audit_log', 'can_read_model'];
  const { data, isSuccess } = useDecisions(names.map((permission) => ({ permission, object: platform })));
  const [ask, readRelationships, readAudit, readModel] = data ?? [];
  return {
    isKnown: isSuccess,
    mayAskAboutAnybody: ask?.allowed === true,
    mayReadRelationships: readRelationships?.allowed === true,
    mayReadWholeAuditLog: readAudit?.allowed === true,
    mayReadModel: readModel?.allowed === true,
  };
}

/** What the caller may look at of one object. */
export interface ObjectRights {
  readonly isKnown: boolean;
  readonly mayReview: boolean;
  readonly mayReadAuditLog: boolean;
}

export function useObjectRights(object: string): ObjectRights {
  const { platform } = useCaller();
  const { data, isSuccess } = useDecisions([
    { permission: 'can_review_access', object },
    { permission: 'can_manage_access', object },
    { permission: 'can_read_audit_log', object },
    { permission: 'can_read_relationships', object: platform },
    { permission: 'can_read_audit_log', object: platform },
  ]);
  const [review, manage, readAudit, readAll, readWholeAudit] = data ?? [];
  // Whoever manages access reviews it only where the type has no right for that.
  const asManager = review?.error?.code === 'UNKNOWN_RELATION' && manage?.allowed === true;
  return {
    isKnown: isSuccess,
    mayReview: review?.allowed === true || asManager || readAll?.allowed === true,
    mayReadAuditLog: readAudit?.allowed === true || readWholeAudit?.allowed === true,
  };
}

function useDecisions(checks: readonly { readonly permission: string; readonly object: string }[]) {
  const { subject } = useCaller();
  return useQuery({
    queryKey: ['rights', subject, checks],
    queryFn: async () => (await ask(RightsDocument, { checks })).viewer?.decisions ?? [],
    enabled: subject !== '',
  });
}
