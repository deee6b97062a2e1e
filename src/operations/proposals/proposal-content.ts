import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';
import { parseExactJson } from '../../base/exact-number.ts';
import { invariant } from '../../base/invariant.ts';
import type { ModelSource } from '../../model/model-source.ts';
import type { StoredProposal } from '../../store/stored-proposal.ts';
import type { RelationshipRecord } from '../relationship-record.ts';

/** Everything that is approved, as JSON: whoever approves a digest approves each word of this, and nothing else. */
export interface ProposalContent {
  /** The state that it was made on, as a consistency token. */
  readonly basedOn: string;
  /** What would be there after it, and what would not. */
  readonly writes: readonly RelationshipRecord[];
  readonly deletes: readonly RelationshipRecord[];
  readonly model: ProposedModel | null;
  readonly preconditions: readonly { readonly exists: boolean; readonly relationship: RelationshipRecord }[];
  readonly reason: string;
  readonly evidence: readonly string[];
  readonly proposer: string;
  readonly delegate: string | null;
  readonly expiresAt: string;
}

/** A model that would be published, and would decide from then on where it is to be activated. */
export interface ProposedModel {
  readonly source: ModelSource;
  readonly activate: boolean;
  /** What whoever proposes it says that it must pass, as an OpenFGA store file. */
  readonly tests: string | null;
}

/** The content as one text, the same for equal contents, and its digest. */
export function sealContent(content: ProposalContent): Pick<StoredProposal, 'content' | 'digest'> {
  // Once as JSON, so that what is left out of it is in neither.
  const text = canonicalJson(JSON.parse(JSON.stringify(content)));
  return { content: text, digest: digestOf(text) };
}

/** The content as it was proposed. Whoever changed it past the log has changed its digest, or is found out here. */
export function openContent({ id, content, digest }: StoredProposal): ProposalContent {
  invariant(digestOf(content) === digest, `proposal ${id} says what was proposed`);
  return parseExactJson(content) as ProposalContent;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
