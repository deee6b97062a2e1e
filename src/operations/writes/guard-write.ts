import type { WriteTransaction } from '../../store/postgres/write-transaction.ts';
import type { Actor } from '../actor.ts';
import type { InputError, Refusal } from '../refusal.ts';
import { watchKeptRoles } from './watch-kept-roles.ts';
import { watchSelfGrants } from './watch-self-grants.ts';
import type { FieldOf } from './write-watch.ts';

/**
 * Holds a write to what the model declares: that nobody gives certain roles to themselves, and that an object keeps a
 * permanent holder of a role. The returned function says what was broken, on the state that the write leaves.
 *
 * It watches the transaction itself, so that no operation can forget it; only the console is not held to it.
 */
export function guardWrite(
  transaction: WriteTransaction,
  actor: Actor,
  fieldOf: FieldOf = () => ['input'],
): () => Promise<Refusal | undefined> {
  if (actor.kind === 'console') return async () => undefined;
  const watches = [watchSelfGrants(transaction, actor, fieldOf), watchKeptRoles(transaction, fieldOf)];
  transaction.watchChanges(async (kind, relationships) => {
    for (const watch of watches) await watch.see(kind, relationships);
  });
  return async () => {
    const errors: InputError[] = [];
    for (const watch of watches) {
      const refusal = await watch.findRefusal();
      if (refusal?.kind !== 'invalid' && refusal !== undefined) return refusal;
      errors.push(...(refusal?.errors ?? []));
    }
    return errors.length === 0 ? undefined : { kind: 'invalid', errors };
  };
}
