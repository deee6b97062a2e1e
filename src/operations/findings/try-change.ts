import { failed, ok, type Result } from '../../base/result.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { Trial } from '../../store/trial/trial.ts';
import type { Postern } from '../postern.ts';
import { describeRefusal, type InputError, inputErrorOf, type Refusal } from '../refusal.ts';
import { isSameRelationship } from '../relationship-record.ts';
import { checkExpiry } from '../roles/grant-role.ts';
import { findStoredNames } from '../stored-names.ts';
import { constrainKeptRoles } from '../writes/constrain-kept-roles.ts';
import type { AccessChange } from './access-change.ts';

/** A change that was tried on a snapshot. */
export interface TriedChange extends Pick<Trial<Refusal>, 'changes' | 'states'> {
  /** What would refuse it, whoever made it: an object that must keep somebody would keep nobody. */
  readonly problems: readonly InputError[];
}

/**
 * Tries a change, deletes first. What is to be there and is, or is not to be there and is not, is no difference; what is there in
 * another way, with another condition, beginning or end, is replaced. Only what cannot be written at all is refused.
 */
export async function tryChange(
  postern: Pick<Postern, 'notice'>,
  snapshot: StoreSnapshot,
  change: AccessChange,
): Promise<Result<TriedChange, Refusal>> {
  const errors = errorsOf(postern, snapshot, change);
  if (errors.length > 0) return failed({ kind: 'invalid', errors });
  const trial = new Trial<Refusal>(snapshot, (state) => constrainKeptRoles(state, () => ['input', 'deletes']));
  await trial.relationships.delete(change.deletes);
  const found = await trial.relationships.find(change.writes);
  const there = new Map(found.map((one) => [formatRelationship(one), one]));
  const others = change.writes.filter((one) => {
    const stored = there.get(formatRelationship(one));
    return stored === undefined || !isSameRelationship(one, stored);
  });
  for (const one of others) await trial.relationships.replace(one, undefined);
  const problem = await trial.findProblem();
  if (problem !== undefined && problem.kind !== 'invalid') return failed(problem);
  return ok({ changes: trial.changes, states: trial.states, problems: problem?.errors ?? [] });
}

function errorsOf(
  postern: Pick<Postern, 'notice'>,
  snapshot: StoreSnapshot,
  { writes, deletes }: AccessChange,
): readonly InputError[] {
  const misspelt = deletes.flatMap((one, index) => {
    const known = findStoredNames(postern, snapshot, one);
    return known.ok ? [] : [inputErrorOf(known.problem, ['input', 'deletes', String(index)])];
  });
  const invalid = writes.flatMap((one, index) => writeErrors(snapshot, one, ['input', 'writes', String(index)]));
  return [...misspelt, ...invalid];
}

function writeErrors(
  { prepared, now }: StoreSnapshot,
  one: Relationship,
  field: readonly string[],
): readonly InputError[] {
  const valid = validateRelationship(prepared.model, one);
  if (!valid.ok) return [inputErrorOf(valid.problem, field)];
  const lasting = checkExpiry(one, now);
  return lasting.ok ? [] : [{ code: 'INVALID_INPUT', message: describeRefusal(lasting.problem), field }];
}
