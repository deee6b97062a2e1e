import { quote } from '../../base/text-problem.ts';
import { formatRelationship } from '../../model/relationship.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredProposal } from '../../store/stored-proposal.ts';
import type { WriteTransaction } from '../../store/write-transaction.ts';
import { relationshipOfRecord } from '../relationship-of-record.ts';
import { objectsOf } from './authorize-deciding.ts';
import { findTouched } from './find-touched.ts';
import { proposalOf } from './proposal.ts';

/** What is not so any more that was so when it was proposed, or had to be, as a sentence. */
export async function findStale(
  transaction: WriteTransaction,
  snapshot: StoreSnapshot,
  stored: StoredProposal,
): Promise<string | undefined> {
  const proposal = proposalOf(stored);
  const touched = await findTouched(transaction, snapshot, objectsOf(proposal));
  // What has become too much to look at has changed.
  if (!touched.ok || touched.value !== stored.found) return isOther;
  const conditions = proposal.preconditions.map(({ exists, relationship }) => {
    return { exists, relationship: relationshipOfRecord(relationship) };
  });
  const found = await transaction.relationships.find(conditions.map(({ relationship }) => relationship));
  const there = new Set(found.map(formatRelationship));
  const unmet = conditions.find(({ exists, relationship }) => there.has(formatRelationship(relationship)) !== exists);
  if (unmet === undefined) return undefined;
  const text = quote(formatRelationship(unmet.relationship));
  return `The relationship ${text} ${unmet.exists ? 'does not exist' : 'exists'}, against a precondition of the proposal.`;
}

const isOther = 'What the proposal is about is not as it was when it was made.';
