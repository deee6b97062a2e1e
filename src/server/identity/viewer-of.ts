import { assertNever } from '../../base/assert-never.ts';
import type { Context } from '../../model/relationship.ts';
import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import type { ApprovalRight, Viewer } from '../../operations/actor.ts';
import type { Authenticated } from './authenticate.ts';

/** Whoever sent a token, as the one who asks. */
export function viewerOf(authenticated: Authenticated, requestId: string | undefined): Viewer {
  const { subject, context: claims, delegate, tokenClass } = authenticated;
  const context = withoutClock(claims);
  const acting = delegate?.kind === 'agent' ? { ...delegate, context: withoutClock(delegate.context) } : delegate;
  const approval = approvalOf(authenticated);
  return {
    kind: 'subject',
    subject,
    context,
    vouchesFor: tokenClass.vouchesFor,
    requestId,
    delegate: acting,
    approval,
  };
}

/** The clock is the database's: a claim of that name must not keep an expired grant alive. */
function withoutClock(claims: Context): Context {
  return new Map([...claims].filter(([name]) => name !== currentTimeParameter));
}

function approvalOf({ tokenClass: { mayApprove = 'no' }, loggedInAt }: Authenticated): ApprovalRight | undefined {
  switch (mayApprove) {
    case 'no':
      return undefined;
    case 'any-login':
      return { kind: 'any login' };
    case 'recent-login':
      return { kind: 'recent login', loggedInAt };
    default:
      return assertNever(mayApprove);
  }
}
