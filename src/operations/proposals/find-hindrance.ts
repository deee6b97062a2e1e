import { ok, type Result } from '../../base/result.ts';
import type { Viewer } from '../actor.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';
import { refuseByClass, refuseLogin, refuseSelfApproval } from './judge-approver.ts';
import type { Proposal } from './proposal.ts';

/**
 * What keeps somebody who sees a proposal from approving it, as the approval would say it: their token approves nothing, they are not the
 * second person, or they have to log in again. Nothing for one that has ended. What has changed since it was made, the approval alone finds.
 */
export async function findHindrance(
  postern: Postern,
  viewer: Viewer,
  proposal: Proposal,
): Promise<Result<Refusal | undefined, Refusal>> {
  if (proposal.state !== 'open') return ok(undefined);
  const refused = refuseByClass(viewer) ?? refuseSelfApproval(viewer, proposal);
  if (refused !== undefined || viewer.approval?.kind !== 'recent login') return ok(refused);
  return readAs(postern, viewer, { what: 'Judging an approver' }, () =>
    // The database's clock, as the approval asks it.
    withFreshState<Refusal | undefined>(postern.store, [], {}, async ({ now }) => ok(refuseLogin(viewer, now))),
  );
}
