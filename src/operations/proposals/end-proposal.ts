import { failed, ok, type Result } from '../../base/result.ts';
import type { StoredProposal } from '../../store/stored-proposal.ts';
import { formatActor, type Viewer } from '../actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import { type Entitle, type Idempotency, runWrite, type WriteOutput } from '../writes/run-write.ts';
import { DecidingRights, objectsOf } from './authorize-deciding.ts';
import { findProposal, noProposal, refuseEnded } from './find-proposal.ts';
import { refuseDeciding } from './judge-approver.ts';
import { isMadeBy, type Proposal, proposalOf, recordsOfProposal, wantedBy } from './proposal.ts';

export interface EndProposalInput {
  readonly id: number;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
}

/** Refuses a proposal for good: for whoever could approve it, if it were another's. Whoever made it withdraws it. */
export async function rejectProposal(
  postern: Postern,
  viewer: Viewer,
  input: EndProposalInput,
): Promise<Result<WriteOutput<Proposal>, Refusal>> {
  const refused = refuseDeciding(viewer);
  if (refused !== undefined) return failed(refused);
  const found = await findProposal(postern, viewer, 'rejectProposal', input.id);
  if (!found.ok) return found;
  const stored = found.value;
  const entitle: Entitle<undefined> = async (open, audited) => {
    const proposal = proposalOf(stored);
    const snapshot = await open([...objectsToAuthorize(viewer, postern.platform), ...objectsOf(proposal)]);
    return new DecidingRights(postern, audited, snapshot).mayDecide(proposal);
  };
  return end(postern, viewer, stored, { ...input, state: 'rejected', entitle });
}

/** Takes a proposal back: for whoever made it, and for nobody else. */
export async function withdrawProposal(
  postern: Postern,
  viewer: Viewer,
  input: EndProposalInput,
): Promise<Result<WriteOutput<Proposal>, Refusal>> {
  const found = await findProposal(postern, viewer, 'withdrawProposal', input.id);
  if (!found.ok) return found;
  const stored = found.value;
  const entitle: Entitle<undefined> = async () => {
    if (isMadeBy(viewer, stored)) return ok(undefined);
    return failed({ kind: 'forbidden', message: 'A proposal is withdrawn by whoever made it.' });
  };
  return end(postern, viewer, stored, { ...input, state: 'withdrawn', entitle });
}

interface Ending extends EndProposalInput {
  readonly state: 'rejected' | 'withdrawn';
  readonly entitle: Entitle<undefined>;
}

const actions = { rejected: 'rejectProposal', withdrawn: 'withdrawProposal' } as const;

async function end(
  postern: Postern,
  viewer: Viewer,
  stored: StoredProposal,
  { id, reason, idempotency, state, entitle }: Ending,
): Promise<Result<WriteOutput<Proposal>, Refusal>> {
  const wanted = wantedBy(stored);
  const request = { action: actions[state], wanted, reason, idempotency, entitle };
  const ended = await runWrite<Proposal, undefined>(postern, viewer, request, async ({ transaction, record }) => {
    const present = (await transaction.proposals.find(stored.id)) ?? stored;
    const refused = refuseEnded(present);
    if (refused !== undefined) return failed(refused);
    const proposal = await transaction.proposals.end(stored.id, { state, by: formatActor(viewer), reason });
    if (proposal === undefined) return failed(refuseEnded({ ...present, state: 'expired' }) ?? noProposal(id));
    await record([], recordsOfProposal(proposal));
    return ok(proposalOf(proposal));
  });
  return !ended.ok && ended.problem.kind === 'forbidden' ? failed(noProposal(id)) : ended;
}
