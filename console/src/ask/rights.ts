import { queryOptions, useQuery } from '@tanstack/react-query';
import { MyPermissionsDocument, RightsDocument } from './__generated__/operations.ts';
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
  readonly mayWriteRelationships: boolean;
  readonly mayPublishModel: boolean;
}

export function useRights(): Rights {
  const { platform } = useCaller();
  const names = [
    'can_check_any_subject',
    'can_read_relationships',
    'can_read_audit_log',
    'can_read_model',
    'can_write_relationships',
    'can_publish_model',
  ];
  const { data, isSuccess } = useDecisions(names.map((permission) => ({ permission, object: platform })));
  const [ask, readRelationships, readAudit, readModel, write, publish] = data ?? [];
  return {
    isKnown: isSuccess,
    mayAskAboutAnybody: ask?.allowed === true,
    mayReadRelationships: readRelationships?.allowed === true,
    mayReadWholeAuditLog: readAudit?.allowed === true,
    mayReadModel: readModel?.allowed === true,
    mayWriteRelationships: write?.allowed === true,
    mayPublishModel: publish?.allowed === true,
  };
}

/** What the caller may look at of one object. */
export interface ObjectRights {
  readonly isKnown: boolean;
  readonly mayReview: boolean;
  readonly mayReadAuditLog: boolean;
  /** Whether there is a role on it that one may give. */
  readonly mayGrant: boolean;
}

export function useObjectRights(object: string): ObjectRights {
  const { platform } = useCaller();
  const checks = [
    { permission: 'can_review_access', object },
    { permission: 'can_manage_access', object },
    { permission: 'can_read_audit_log', object },
    { permission: 'can_read_relationships', object: platform },
    { permission: 'can_read_audit_log', object: platform },
  ];
  const { data, isSuccess } = useDecisions(object === '' ? [] : checks);
  const mine = useMyPermissions(object);
  const [review, manage, readAudit, readAll, readWholeAudit] = data ?? [];
  // Whoever manages access reviews it only where the type has no right for that.
  const asManager = review?.error?.code === 'UNKNOWN_RELATION' && manage?.allowed === true;
  return {
    isKnown: isSuccess && mine.isSuccess,
    mayGrant: mine.data?.granted.some((one) => one === 'can_manage_access' || one.startsWith('can_grant_')) === true,
    mayReview: review?.allowed === true || asManager || readAll?.allowed === true,
    mayReadAuditLog: readAudit?.allowed === true || readWholeAudit?.allowed === true,
  };
}

/** What the caller may do with an object. */
export function useMyPermissions(object: string) {
  const { subject } = useCaller();
  return useQuery({
    queryKey: ['my-permissions', subject, object],
    queryFn: async () => {
      const answer = await ask(MyPermissionsDocument, { objects: [object] });
      return answer.viewer?.permissions[0] ?? { object, granted: [], undecided: [] };
    },
    enabled: object !== '',
  });
}

type RightsChecks = readonly { readonly permission: string; readonly object: string }[];

function useDecisions(checks: RightsChecks) {
  const { subject } = useCaller();
  return useQuery(decisionsQuery(subject, checks));
}

export function decisionsQuery(caller: string, checks: RightsChecks) {
  return queryOptions({
    queryKey: ['rights', caller, checks],
    queryFn: async () => (await ask(RightsDocument, { checks })).viewer?.decisions ?? [],
    enabled: caller !== '' && checks.length > 0,
  });
}
