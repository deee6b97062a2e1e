import { useQuery } from '@tanstack/react-query';
import {
  ApproveProposalDocument,
  type ApproveProposalInput,
  type EndProposalInput,
  ProposalDocument,
  ProposalModelPreviewDocument,
  ProposalModelTextDocument,
  type ProposalQuery,
  ProposalSimulationDocument,
  RejectProposalDocument,
  type TypedDocumentString,
  WithdrawProposalDocument,
} from './__generated__/operations.ts';
import { ask } from './ask.ts';
import { useCaller } from './session.ts';
import type { Write, WriteAnswer, WriteManner } from './writes.ts';

export type Proposal = NonNullable<ProposalQuery['proposal']>;

/** A proposal; null for whoever has neither made it nor could decide on it. */
export function useProposal(id: string) {
  return useOf(ProposalDocument, 'proposal', id, true);
}

/** What it would mean now: a question of its own, so that the proposal is there where it cannot be answered. */
export function useProposalSimulation(id: string, isEnabled: boolean) {
  return useOf(ProposalSimulationDocument, 'proposal-simulation', id, isEnabled);
}

export function useProposedModel(id: string) {
  return useOf(ProposalModelTextDocument, 'proposal-model', id, true);
}

export function useProposedModelPreview(id: string, isEnabled: boolean) {
  return useOf(ProposalModelPreviewDocument, 'proposal-model-preview', id, isEnabled);
}

function useOf<Part>(
  document: TypedDocumentString<{ readonly proposal: Part }, { readonly id: string }>,
  name: string,
  id: string,
  isEnabled: boolean,
) {
  const { subject } = useCaller();
  return useQuery({
    queryKey: [name, subject, id],
    queryFn: async () => (await ask(document, { id })).proposal,
    enabled: isEnabled,
  });
}

type Ending = Omit<EndProposalInput, keyof WriteManner>;
type Deciding<Input> = Pick<Write<Input, WriteAnswer>, 'name' | 'send'>;

/** Approves exactly what was read, by its digest. */
export const approveProposal: Deciding<Omit<ApproveProposalInput, keyof WriteManner>> = {
  name: 'approveProposal',
  send: async (input) => (await ask(ApproveProposalDocument, { input })).approveProposal,
};

export const rejectProposal: Deciding<Ending> = {
  name: 'rejectProposal',
  send: async (input) => (await ask(RejectProposalDocument, { input })).rejectProposal,
};

export const withdrawProposal: Deciding<Ending> = {
  name: 'withdrawProposal',
  send: async (input) => (await ask(WithdrawProposalDocument, { input })).withdrawProposal,
};
