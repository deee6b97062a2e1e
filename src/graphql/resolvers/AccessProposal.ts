import { findHindrance } from '../../operations/proposals/find-hindrance.ts';
import { previewProposedModel, simulateProposal } from '../../operations/proposals/simulate-proposal.ts';
import type { ProposalState } from '../../store/stored-proposal.ts';
import type { AccessProposalResolvers, AccessProposalState } from '../__generated__/resolver-types.ts';
import { accessSimulationOf } from '../access-simulation.ts';
import { refusalError, userErrorsOf } from '../errors.ts';
import { previewOf } from '../model-preview.ts';
import { basisOf } from '../proposal-basis.ts';
import { viewerOf } from '../request-context.ts';

export const AccessProposal: AccessProposalResolvers = {
  id: ({ id }) => String(id),
  state: ({ state }) => states[state],
  basedOn: (proposal) => basisOf(proposal),
  model: ({ model }) => {
    if (model === null) return null;
    const { source, activate, tests } = model;
    const text = source.kind === 'dsl' ? { dsl: source.dsl, modules: null } : { dsl: null, modules: source.modules };
    return { ...text, activate, tests };
  },
  endedAt: ({ end }) => end?.at ?? null,
  endedBy: ({ end }) => end?.by ?? null,
  endReason: ({ end }) => end?.reason ?? null,
  hindrance: async (proposal, _args, context) => {
    const found = await findHindrance(context.postern, viewerOf(context), proposal);
    if (!found.ok) throw refusalError(found.problem);
    return found.value === undefined ? null : (userErrorsOf(found.value)[0] ?? null);
  },
  simulation: async (proposal, _args, context) => {
    const simulated = await simulateProposal(context.postern, viewerOf(context), proposal);
    if (!simulated.ok) throw refusalError(simulated.problem);
    return simulated.value === undefined ? null : accessSimulationOf(simulated.value);
  },
  modelPreview: async (proposal, _args, context) => {
    const previewed = await previewProposedModel(context.postern, viewerOf(context), proposal);
    if (!previewed.ok) throw refusalError(previewed.problem);
    return previewed.value === undefined ? null : previewOf(previewed.value);
  },
};

const states = {
  open: 'OPEN',
  applied: 'APPLIED',
  rejected: 'REJECTED',
  withdrawn: 'WITHDRAWN',
  expired: 'EXPIRED',
  stale: 'STALE',
} satisfies Record<ProposalState, AccessProposalState>;
