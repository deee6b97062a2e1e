import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { RelationshipTransaction } from '../../store/write-transaction.ts';
import { actorSubject, type Viewer } from '../actor.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { type RelationshipRecord, recordOf } from '../relationship-record.ts';
import { checkExpiry, existsAlready } from '../roles/grant-role.ts';
import type { ProposedChange } from './proposal.ts';

/** What a change has taken away and put there. */
export interface AppliedChange {
  readonly before: readonly RelationshipRecord[];
  readonly after: readonly RelationshipRecord[];
}

/** Makes a proposed change, deletes first, all of it or nothing: as each would be made by itself. */
export async function applyChange(
  transaction: RelationshipTransaction,
  viewer: Viewer,
  snapshot: StoreSnapshot,
  { writes, deletes }: ProposedChange,
): Promise<Result<AppliedChange, Refusal>> {
  for (const one of writes) {
    const valid = validateRelationship(snapshot.prepared.model, one);
    if (!valid.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(valid.problem, field)] });
    const lasting = checkExpiry(one, snapshot.now);
    if (!lasting.ok) return atProposal(lasting.problem);
  }
  const deleted = await transaction.relationships.delete(deletes);
  const gone = new Set(deleted.map(formatRelationship));
  const missing = deletes.map(formatRelationship).find((text) => !gone.has(text));
  if (missing !== undefined) return failed(invalid('NOT_FOUND', `There is no relationship ${quote(missing)}.`, field));
  const [existing] = await transaction.relationships.write(writes, actorSubject(viewer));
  if (existing !== undefined) {
    const wanted = writes.find((one) => formatRelationship(one) === formatRelationship(existing));
    return failed(existsAlready(wanted ?? existing, existing, field));
  }
  return ok({ before: deleted.map(recordOf), after: writes.map(recordOf) });
}

const field = ['input', 'id'];

function atProposal(refusal: Refusal): Result<never, Refusal> {
  if (refusal.kind !== 'invalid') return failed(refusal);
  return failed({ kind: 'invalid', errors: refusal.errors.map((error) => ({ ...error, field })) });
}
