import { invariant } from '../../base/invariant.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredProposal } from '../../store/stored-proposal.ts';
import { formatActor, type Viewer } from '../actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import { objectIn } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { auditRecordOf } from '../record-denied.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { type Entitle, type Idempotency, runWrite, type Write, type WriteOutput } from '../writes/run-write.ts';
import { applyChange } from './apply-change.ts';
import { DecidingRights } from './authorize-deciding.ts';
import { findProposal, noProposal, refuseEnded } from './find-proposal.ts';
import { findStale } from './find-stale.ts';
import { refuseByClass, refuseLogin, refuseSelfApproval } from './judge-approver.ts';
import { changeOf, type Proposal, proposalOf, recordsOfProposal, relationshipsOf, wantedBy } from './proposal.ts';
import { ProposedPublishing } from './publish-proposed.ts';

export interface ApproveProposalInput {
  readonly id: number;
  /** What the approver has read: another one is another proposal. */
  readonly digest: string;
  readonly reason: string | undefined;
  readonly idempotency: Idempotency | undefined;
}

/** What became of it: it was applied, or is stale, as what it was made on is not so any more. */
export interface ApprovalOutcome {
  readonly proposal: Proposal;
  /** Why it is stale; null for one that was applied. */
  readonly stale: string | null;
}

/**
 * Applies a proposal as a whole, in one write, with the rights of whoever approves it, asked in that write: each role by the right that
 * gives it, a model by the right to publish it. Whoever approves is a second person, acts for nobody, and has a token of a class that may
 * approve.
 *
 * If anything of what it was made on is not so any more, nothing is applied, and it is stale for good: whoever has read it has read
 * something else than what it would do now. Nothing but an approval ever applies a proposal.
 */
export async function approveProposal(
  postern: Postern,
  viewer: Viewer,
  input: ApproveProposalInput,
): Promise<Result<WriteOutput<ApprovalOutcome>, Refusal>> {
  const byClass = refuseByClass(viewer);
  if (byClass !== undefined) return failed(byClass);
  const found = await findProposal(postern, viewer, 'applyProposal', input.id);
  if (!found.ok) return found;
  const stored = found.value;
  const { model } = proposalOf(stored);
  const publishing = model === null ? undefined : new ProposedPublishing(postern, model);
  const { reason, idempotency } = input;
  const request = {
    ...{ action: 'applyProposal' as const, wanted: wantedBy(stored), reason, idempotency },
    ...{ fieldOf: () => ['input', 'id'], checks: relationshipsOf(stored).length },
    entitle: entitleApproving(postern, viewer, stored, input.digest),
    ...(publishing && { prepare: () => publishing.prepare() }),
  };
  const applied = await runWrite<ApprovalOutcome, StoreSnapshot>(postern, viewer, request, (write, snapshot) =>
    apply(write, viewer, snapshot, { stored, publishing, reason }),
  );
  // Nobody learns by a number that there is a proposal which is not theirs to decide on.
  return !applied.ok && applied.problem.kind === 'forbidden' ? failed(noProposal(input.id)) : applied;
}

function entitleApproving(
  postern: Postern,
  viewer: Viewer,
  stored: StoredProposal,
  digest: string,
): Entitle<StoreSnapshot> {
  const named = relationshipsOf(stored).flatMap(({ object, subject }) => [object, objectIn(subject)]);
  const objects = named.filter((one) => one !== undefined);
  return async (open, audited) => {
    const snapshot = await open([...objectsToAuthorize(viewer, postern.platform), ...objects]);
    // Whoever made it knows of it, and is told why.
    const isOwn = stored.proposer === formatActor(viewer);
    const entitled = isOwn
      ? ok(undefined)
      : await new DecidingRights(postern, audited, snapshot).mayDecide(proposalOf(stored));
    if (!entitled.ok) return entitled;
    const refused =
      refuseSelfApproval(viewer, proposalOf(stored)) ??
      refuseLogin(viewer, snapshot.now) ??
      refuseDigest(stored, digest);
    return refused === undefined ? ok(snapshot) : failed(refused);
  };
}

function refuseDigest({ digest }: StoredProposal, given: string): Refusal | undefined {
  if (digest === given) return undefined;
  const message = `${quote(given)} is not the digest of this proposal: something else was read. Next: read it again.`;
  return invalid('DIGEST_MISMATCH', message, ['input', 'digest']);
}

interface Approved {
  readonly stored: StoredProposal;
  readonly publishing: ProposedPublishing | undefined;
  readonly reason: string | undefined;
}

async function apply(
  write: Write,
  viewer: Viewer,
  snapshot: StoreSnapshot,
  { stored, publishing, reason }: Approved,
): Promise<Result<ApprovalOutcome, Refusal>> {
  const { transaction, record } = write;
  const present = (await transaction.proposals.find(stored.id)) ?? stored;
  invariant(present.digest === stored.digest, 'what is applied is what somebody was entitled to');
  const ended = refuseEnded(present);
  if (ended !== undefined) return failed(ended);
  const stale = await findStale(transaction, snapshot, present);
  if (stale !== undefined) return endStale(write, viewer, present, stale);
  const changed = await applyChange(transaction, viewer, snapshot, changeOf(proposalOf(present)));
  if (!changed.ok) return changed;
  await publishing?.publish(transaction, viewer, reason);
  const applied = await transaction.proposals.end(stored.id, { state: 'applied', by: formatActor(viewer), reason });
  // Its time was over while it was applied.
  if (applied === undefined) return failed(refuseEnded({ ...present, state: 'expired' }) ?? noProposal(stored.id));
  await record(changed.value.before, [...changed.value.after, ...recordsOfProposal(applied)]);
  return ok({ proposal: proposalOf(applied), stale: null });
}

/** It stays so, and the log says who has found it so. */
async function endStale(
  { transaction }: Write,
  viewer: Viewer,
  present: StoredProposal,
  stale: string,
): Promise<Result<ApprovalOutcome, Refusal>> {
  const by = formatActor(viewer);
  const ended = await transaction.proposals.end(present.id, { state: 'stale', by, reason: stale });
  if (ended === undefined) return failed(refuseEnded({ ...present, state: 'expired' }) ?? noProposal(present.id));
  const event = auditRecordOf(viewer, { action: 'staleProposal', reason: stale });
  await transaction.audit.record({ ...event, outcome: 'done', before: [], after: recordsOfProposal(ended) });
  return ok({ proposal: proposalOf(ended), stale });
}
