import type { Relationship } from '../../model/relationship.ts';
import type { ProposalState, StoredProposal } from '../../store/stored-proposal.ts';
import { agentOf, formatActor, formatDelegate, type Viewer } from '../actor.ts';
import { relationshipOfRecord } from '../relationship-of-record.ts';
import { type RelationshipRecord, recordOf } from '../relationship-record.ts';
import { openContent, type ProposalContent } from './proposal-content.ts';

/** A proposal as whoever may see it sees it, as JSON: outcomes of writes are kept. */
export interface Proposal extends ProposalContent {
  readonly id: number;
  readonly digest: string;
  readonly state: ProposalState;
  readonly createdAt: string;
  readonly end: { readonly at: string; readonly by: string; readonly reason: string | null } | null;
}

export function proposalOf(stored: StoredProposal): Proposal {
  const { id, digest, state, createdAt, end } = stored;
  const ended = end && { at: end.at.toISOString(), by: end.by, reason: end.reason ?? null };
  return { ...openContent(stored), id, digest, state, createdAt: createdAt.toISOString(), end: ended ?? null };
}

/**
 * Whether it is the viewer's own. What an agent has not proposed itself is none of it, as what its subject sees is not for it to see.
 */
export function isMadeBy(
  viewer: Viewer,
  { proposer, delegate }: Pick<StoredProposal, 'proposer' | 'delegate'>,
): boolean {
  const agent = agentOf(viewer);
  return proposer === formatActor(viewer) && (agent === undefined || delegate === formatDelegate(agent));
}

/** What a proposal would change, as relationships. */
export interface ProposedChange {
  readonly writes: readonly Relationship[];
  readonly deletes: readonly Relationship[];
}

export function changeOf({ writes, deletes }: Pick<ProposalContent, 'writes' | 'deletes'>): ProposedChange {
  return { writes: writes.map(relationshipOfRecord), deletes: deletes.map(relationshipOfRecord) };
}

/** All relationships of a proposal, those first that would go. */
export function relationshipsOf(stored: StoredProposal): readonly Relationship[] {
  const { writes, deletes } = changeOf(openContent(stored));
  return [...deletes, ...writes];
}

/** What an attempt at a proposal wanted, for the audit log: nothing of it happened, so that it is found by whoever is named. */
export function wantedBy(stored: StoredProposal): readonly object[] {
  const { id, digest } = stored;
  return [{ proposal: id, digest }, ...relationshipsOf(stored).map(recordOf)];
}

/** What the audit log says of a proposal, once for each object that it is about, so that whoever may read about one sees it there. */
export function recordsOfProposal(stored: StoredProposal): readonly object[] {
  const { writes, deletes, delegate } = openContent(stored);
  const { id, digest, proposer, objects } = stored;
  const named = { proposal: id, digest, proposer, ...(delegate !== null && { delegate }) };
  if (objects.length === 0) return [named];
  return objects.map((object) => {
    const isOn = (one: RelationshipRecord) => one.object === object;
    return { ...named, object, writes: writes.filter(isOn), deletes: deletes.filter(isOn) };
  });
}
