import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { StoredProposal } from '../../store/stored-proposal.ts';
import type { Viewer } from '../actor.ts';
import { orUnavailable } from '../or-unavailable.ts';
import type { Postern } from '../postern.ts';
import { type AuditAction, recordDenied } from '../record-denied.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { openContent } from './proposal-content.ts';

/**
 * A proposal to decide on, before anybody's turn: what it says never changes. What has become of it is asked again in its turn.
 *
 * An attempt at one that there is not is in the log as one at another's is: the two are answered the same.
 */
export function findProposal(
  postern: Postern,
  viewer: Viewer,
  action: AuditAction,
  id: number,
): Promise<Result<StoredProposal, Refusal>> {
  return orUnavailable(postern, 'Reading a proposal', async () => {
    const stored = await postern.store.checkReader(1).withState((state) => state.readProposal(id));
    if (stored === undefined) {
      await recordDenied(postern, viewer, { action, wanted: [{ proposal: id }], reason: undefined });
      return failed(noProposal(id));
    }
    // Here, where whatever is thrown makes it unavailable.
    openContent(stored);
    return ok(stored);
  });
}

/** Of one that there is not, and of one that somebody may not know of. */
export function noProposal(id: number): Refusal {
  return { kind: 'forbidden', message: `There is no proposal ${quote(String(id))} for you to decide on.` };
}

/** Why nobody decides on it any more; undefined for one that is open. */
export function refuseEnded({ id, state }: Pick<StoredProposal, 'id' | 'state'>): Refusal | undefined {
  if (state === 'open') return undefined;
  const became = state === 'expired' ? 'has expired' : `is ${state} already`;
  const next = state === 'applied' ? '' : ' Next: propose it again, on the state as it is now.';
  return invalid('PROPOSAL_NOT_OPEN', `The proposal ${quote(String(id))} ${became}.${next}`, ['input', 'id']);
}
