import type { ProposalFilter, StoredProposal } from '../../../src/store/stored-proposal.ts';
import type { ProposalWriter } from '../../../src/store/write-transaction.ts';
import type { MemoryState } from './memory-state.ts';

/** Keeps proposals in the state of one write. */
export function memoryProposalWriter({ proposals }: MemoryState): ProposalWriter {
  const find = (id: number) => presentOf(proposals, id);
  return {
    countOpen: async (proposer) => filterProposals(proposals, { proposer }).filter(isOpen).length,
    find: async (id) => find(id),
    add: async (added) => {
      const created: StoredProposal = {
        ...added,
        id: proposals.length + 1,
        createdAt: new Date(),
        state: 'open',
        end: undefined,
      };
      proposals.push(created);
      return created;
    },
    end: async (id, { state, by, reason }) => {
      const present = find(id);
      if (present === undefined || !isOpen(present)) return undefined;
      const ended: StoredProposal = { ...present, state, end: { at: new Date(), by, reason } };
      proposals[id - 1] = ended;
      return ended;
    },
  };
}

export function presentOf(proposals: readonly StoredProposal[], id: number): StoredProposal | undefined {
  const found = proposals[id - 1];
  if (found === undefined || found.state !== 'open' || found.expiresAt > new Date()) return found;
  return { ...found, state: 'expired' };
}

/** Those that match, the newest first. */
export function filterProposals(
  proposals: readonly StoredProposal[],
  { object, proposer, openNotBy }: ProposalFilter,
  before = Number.POSITIVE_INFINITY,
): readonly StoredProposal[] {
  return proposals
    .flatMap(({ id }) => presentOf(proposals, id) ?? [])
    .filter((one) => one.id < before && (object === undefined || one.objects.includes(object)))
    .filter((one) => proposer === undefined || one.proposer === proposer)
    .filter((one) => openNotBy === undefined || (isOpen(one) && one.proposer !== openNotBy))
    .toReversed();
}

function isOpen({ state }: StoredProposal): boolean {
  return state === 'open';
}
