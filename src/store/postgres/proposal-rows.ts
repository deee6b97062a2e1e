import { sql as part } from 'drizzle-orm';
import type { ProposalState, StoredProposal } from '../stored-proposal.ts';
import { proposal } from './tables.ts';

/** The clock is the database's, also inside of a transaction that has waited. */
export const isOver = part<boolean>`${proposal.expiresAt} <= clock_timestamp()`;

export const proposalColumns = {
  digest: proposal.digest,
  content: proposal.content,
  found: proposal.found,
  objects: proposal.objects,
  proposer: proposal.proposer,
  delegate: proposal.delegate,
  expiresAt: proposal.expiresAt,
  id: proposal.id,
  createdAt: proposal.createdAt,
  state: part<ProposalState>`case when ${proposal.state} = 'open' and ${isOver} then 'expired' else ${proposal.state} end`,
  endedAt: proposal.endedAt,
  endedBy: proposal.endedBy,
  endReason: proposal.endReason,
};

type ProposalRow = Pick<typeof proposal.$inferSelect, Exclude<keyof typeof proposalColumns, 'state'>> & {
  readonly state: ProposalState;
};

export function storedProposalOf({ delegate, endedAt, endedBy, endReason, ...row }: ProposalRow): StoredProposal {
  const end =
    endedAt === null || endedBy === null ? undefined : { at: endedAt, by: endedBy, reason: endReason ?? undefined };
  return { ...row, delegate: delegate ?? undefined, end };
}
