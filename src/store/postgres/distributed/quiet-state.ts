import type { StatementKind } from '../../statement-watch.ts';
import type { Connections } from '../connection-pool.ts';
import type { TransactionSql } from '../sql.ts';
import { isProven, NotEverywhere, type Proof, readProof, requireProof } from './shard-revisions.ts';

/** What was read of a state that nobody was kept from changing; nothing where somebody has, before or behind the first statement. */
export type QuietRead<Value> =
  | { readonly kind: 'state'; readonly value: Value }
  | { readonly kind: 'changed' }
  | { readonly kind: 'not begun' };

/**
 * Reads without a lock: it is a state only if nothing was committed meanwhile. What is on one server is read from one snapshot, and the
 * others show nothing later as long as that server shows nothing later itself.
 */
export async function readQuietly<Value>(
  connections: Connections,
  kind: StatementKind,
  work: (sql: TransactionSql) => Promise<Value>,
  countShards: string,
): Promise<QuietRead<Value>> {
  const readAgain = () => connections.read(kind, (sql) => readProof(sql, noLock, countShards));
  let since: number | undefined;
  try {
    const value = await connections.transaction(kind, 'isolation level repeatable read read only', async (sql) => {
      const proof = await readProof(sql, noLock, countShards);
      requireProof(proof);
      since = proof.revision;
      return work(sql);
    });
    return isStill(await readAgain(), since) ? { kind: 'state', value } : { kind: 'changed' };
  } catch (error) {
    if (since === undefined) {
      if (error instanceof NotEverywhere) return { kind: 'not begun' };
      throw error;
    }
    // What failed on what is no state has not failed.
    const after = await readAgain().catch(() => undefined);
    if (after === undefined || isStill(after, since)) throw error;
    return { kind: 'changed' };
  }
}

function isStill(after: Proof, since: number | undefined): boolean {
  return after.revision === since && isProven(after);
}

const noLock = 'select';
