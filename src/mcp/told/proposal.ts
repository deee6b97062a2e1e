import { z } from 'zod';
import type { Proposal } from '../../operations/proposals/proposal.ts';
import type { ProposedModel } from '../../operations/proposals/proposal-content.ts';
import type { ProposalState } from '../../store/stored-proposal.ts';
import { type Prose, say, sayAll } from '../prose.ts';
import { untrustedText } from '../untrusted-text.ts';
import { fitAll } from './fit.ts';
import { tellRelationship, toldRelationship } from './relationship.ts';

const states = [
  'open',
  'applied',
  'rejected',
  'withdrawn',
  'expired',
  'stale',
] as const satisfies readonly ProposalState[];

const toldModel = z.strictObject({
  characters: z.int().describe('How long its text is; it is read at the console.'),
  activate: z.boolean().describe('Whether it would decide from then on.'),
  hasTests: z.boolean(),
});

const summary = {
  id: z.string(),
  digest: z.string().describe('Of everything that is proposed: whoever approves it approves this.'),
  state: z.enum(states).describe('Only "open" can still be decided on. It is never applied by itself.'),
  createdAt: z.string(),
  expiresAt: z.string(),
  address: z.string().optional().describe('Where people look at it, and decide.'),
};

/** A proposal, for whoever has just made or ended it. */
export const toldSummary = z.strictObject(summary);

/** A change that somebody else decides on. */
export const toldProposal = z.strictObject({
  ...summary,
  proposer: z.string(),
  untrustedDelegate: z.string().optional().describe('Who acted for the proposer, by the token.'),
  writes: z.array(toldRelationship).describe('What would be there.'),
  deletes: z.array(toldRelationship).describe('What would not be there.'),
  changesLeftOut: z.int().describe('How many of both do not fit into an answer; all of them are at the console.'),
  model: toldModel.optional().describe('The model that would be published.'),
  preconditionCount: z
    .int()
    .describe('How many relationships have to be there, or not, when it is approved; they are at the console.'),
  untrustedReason: z.string(),
  untrustedEvidence: z.array(z.string()),
  endedAt: z.string().optional(),
  endedBy: z.string().optional(),
  untrustedEndReason: z.string().optional(),
});

export type ToldSummary = z.infer<typeof toldSummary>;
export type ToldProposal = z.infer<typeof toldProposal>;

const mostChangeBytes = 10 * 1024;

export function tellSummary(
  { id, digest, state, createdAt, expiresAt }: Proposal,
  consoleUrl: string | undefined,
): ToldSummary {
  const address = consoleUrl === undefined ? {} : { address: `${consoleUrl}/proposals/${id}` };
  return { id: String(id), digest, state, createdAt, expiresAt, ...address };
}

export function tellProposal(proposal: Proposal, consoleUrl: string | undefined): ToldProposal {
  const { proposer, delegate, end, model } = proposal;
  const writes = fitAll(proposal.writes.map(tellRelationship), mostChangeBytes);
  const deletes = fitAll(proposal.deletes.map(tellRelationship), mostChangeBytes);
  return {
    ...tellSummary(proposal, consoleUrl),
    proposer,
    ...(delegate !== null && { untrustedDelegate: untrustedText(delegate) }),
    ...{ writes: [...writes.shown], deletes: [...deletes.shown], changesLeftOut: writes.leftOut + deletes.leftOut },
    ...(model !== null && { model: tellModel(model) }),
    preconditionCount: proposal.preconditions.length,
    untrustedReason: untrustedText(proposal.reason),
    untrustedEvidence: proposal.evidence.map(untrustedText),
    ...(end !== null && { endedAt: end.at, endedBy: end.by }),
    ...(end !== null && end.reason !== null && { untrustedEndReason: untrustedText(end.reason) }),
  };
}

function tellModel({ source, activate, tests }: ProposedModel): z.infer<typeof toldModel> {
  const texts = source.kind === 'dsl' ? [source.dsl] : source.modules.map(({ dsl }) => dsl);
  return { characters: texts.join('').length, activate, hasTests: tests !== null };
}

/** In words, where it stands. What its reason says is no part of them. */
export function saySummary({ id, state, address }: ToldSummary): Prose {
  return sayAll([
    say`The state of the proposal ${id} is ${state}.`,
    ...(state === 'open' && address !== undefined ? [say`People decide on it at ${address}.`] : []),
  ]);
}
