import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { limits } from '../../model/limits.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { WriteTransaction } from '../../store/write-transaction.ts';
import { invalid, type Refusal } from '../refusal.ts';
import { grantOutcomeOf } from '../relationship-record.ts';

const { most } = limits.proposedOn;

/**
 * What there is where a proposal would change something, in one text: every relationship of its objects as it is, and the model that
 * decides. Another text means that what was looked at when it was proposed is not so any more. A relationship that has ended is gone.
 */
export async function findTouched(
  { models }: Pick<WriteTransaction, 'models'>,
  snapshot: StoreSnapshot,
  objects: readonly ObjectRef[],
): Promise<Result<string, Refusal>> {
  const hash = createHash('sha256').update(canonicalJson([models.activeId ?? null]));
  let count = 0;
  for (const object of objects) {
    const written = await snapshot.readWritten(object, most + 1 - count);
    count += written.length;
    if (count > most) return failed(invalid('INVALID_INPUT', tooMany, ['input']));
    hash.update(canonicalJson(written.map(grantOutcomeOf)));
  }
  return ok(hash.digest('base64url'));
}

const tooMany = `There are more than ${most} relationships on the objects of the proposal. Next: propose less at once, or ask whoever may do it.`;
