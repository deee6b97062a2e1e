import type { StatementKind } from '../../statement-watch.ts';
import { beforeEachStatement } from '../before-each-statement.ts';
import type { Connections } from '../connection-pool.ts';
import type { TransactionSql } from '../sql.ts';
import { readProof, requireProof } from './shard-revisions.ts';
import { shareState } from './state-lock.ts';

/** For so long a state is kept from commits: much longer than a check takes, and well below what a write waits for a lock. */
export const usualHeldMs = 250;

/** What was read of a state that commits wait for; nothing if that took too long. */
export type HeldRead<Value> = { readonly kind: 'state'; readonly value: Value } | { readonly kind: 'too long' };

interface Hold {
  readonly countShards: string;
  readonly heldMs: number;
}

/** Its time is over, and the lock is let go of. */
class HeldTooLong extends Error {}

/** A state that no commit comes in between of, for a little time. */
export async function inHeldState<Value>(
  connections: Connections,
  kind: StatementKind,
  work: (sql: TransactionSql) => Promise<Value>,
  { countShards, heldMs }: Hold,
): Promise<HeldRead<Value>> {
  try {
    const value = await connections.transaction(kind, readCommitted, async (sql) => {
      requireProof(await readProof(sql, shareState(heldMs), countShards));
      return endAfter(heldMs, sql, work);
    });
    return { kind: 'state', value };
  } catch (error) {
    if (error instanceof HeldTooLong) return { kind: 'too long' };
    throw error;
  }
}

/** Waits for a commit that is on its way. Throws `NotEverywhere` where not all shards are at the revision of the store behind it. */
export async function untilCommitted(
  connections: Connections,
  kind: StatementKind,
  countShards: string,
): Promise<void> {
  await connections.transaction(kind, readCommitted, async (sql) => {
    requireProof(await readProof(sql, shareState(usualHeldMs), countShards));
  });
}

// Not "repeatable read": its snapshot would be of before the wait for the lock.
const readCommitted = 'isolation level read committed read only';

/** Whatever `work` does later, it asks nothing more; whatever it fails of by then may be for the lack of time. */
async function endAfter<Value>(
  heldMs: number,
  sql: TransactionSql,
  work: (sql: TransactionSql) => Promise<Value>,
): Promise<Value> {
  const until = performance.now() + heldMs;
  const isOver = () => performance.now() >= until;
  const inTime = beforeEachStatement(sql, () => {
    if (isOver()) throw new HeldTooLong();
  });
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new HeldTooLong()), heldMs);
  try {
    return await Promise.race([work(inTime), promise]);
  } catch (error) {
    throw isOver() ? new HeldTooLong(undefined, { cause: error }) : error;
  } finally {
    clearTimeout(timer);
  }
}
