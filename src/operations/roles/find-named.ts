import { failed, ok, type Result } from '../../base/result.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { unnamedSentence } from '../notice-unnamed.ts';
import { inputErrorOf, invalid, type Refusal } from '../refusal.ts';
import { findStoredType } from '../stored-names.ts';

/**
 * To take everything from somebody, or away from something, that was never given anything is to have misspelt a name, and whoever was
 * meant keeps it all. Only for those who may take it: nobody else gets so far.
 */
export async function findNamed(
  snapshot: StoreSnapshot,
  named: ObjectRef,
  field: 'subject' | 'object',
): Promise<Result<undefined, Refusal>> {
  const type = findStoredType(snapshot, named.type);
  if (!type.ok) return failed({ kind: 'invalid', errors: [inputErrorOf(type.problem, ['input', field])] });
  const [node] = await snapshot.resolve([named]);
  if (node !== undefined) return ok(undefined);
  const message = `${await unnamedSentence(snapshot, named)} Nothing was done.`;
  return failed(invalid('NOT_FOUND', message, ['input', field]));
}
