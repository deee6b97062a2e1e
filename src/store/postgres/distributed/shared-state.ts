import { invariant } from '../../../base/invariant.ts';
import type { StatementKind } from '../../statement-watch.ts';
import type { Connections } from '../connection-pool.ts';
import type { Shapes } from '../shapes.ts';
import type { TransactionSql } from '../sql.ts';
import type { StoreHead } from '../write-head.ts';
import { advanceShards, readProof, requireProof } from './shard-revisions.ts';

/**
 * How a state is read that is on several servers, none of which knows of a snapshot of the others.
 *
 * Whoever reads shares a lock, and whoever writes has it alone from the moment before its commit until every server has been told of it:
 * the database lets go of a transaction's locks only behind that. So no commit comes in between the statements of a state, each of which
 * sees what was committed before it. That every server shows it is proven by `shard_revision`.
 */

/** Something was written while a state was read that nobody kept from it. */
export class StateChanged extends Error {}

type StateShapes = Pick<
  Shapes,
  'inState' | 'inOneStatement' | 'inQuietState' | 'beginWrite' | 'endWrite' | 'endRemoval'
>;

const stateLock = `pg_catalog.hashtext('postern.state')`;
const shareState = `select pg_catalog.pg_advisory_xact_lock_shared(${stateLock})`;
/** Waits until nobody reads a state, and lets nobody begin; for the end of a transaction. */
const takeState = `select pg_catalog.pg_advisory_xact_lock(${stateLock})`;
/** What a write does on one server is one transaction there. */
const writeInTurn = `select pg_catalog.set_config('citus.multi_shard_modify_mode', 'sequential', true)`;

/** `countShards` says in SQL how many shards there are. */
export function stateShapes(countShards: string): StateShapes {
  const expected = new WeakMap<StoreHead, number>();
  const inState: Shapes['inState'] = (connections, kind, work) =>
    // Not "repeatable read": its snapshot would be of before the wait for the lock.
    connections.transaction(kind, 'isolation level read committed read only', async (sql) => {
      requireProof(await readProof(sql, shareState, countShards));
      return work(sql);
    });
  return {
    inState,
    inOneStatement: inState,
    inQuietState: (connections, kind, work) => inQuietState(connections, kind, work, countShards),
    beginWrite: async (sql, before) => {
      const proof = await readProof(sql, writeInTurn, countShards);
      requireProof(proof);
      invariant(proof.revision === before.revision, 'nobody else writes');
      expected.set(before, proof.expected);
    },
    endWrite: async (sql, before, after) => {
      const shards = expected.get(before);
      invariant(shards !== undefined, 'a write that ends has begun');
      const [from, to] = [before.revision, after.revision];
      if (from === to) await endRemoval(sql);
      else await advanceShards(sql, { from, to, expected: shards }, takeState);
    },
    endRemoval,
  };
}

async function endRemoval(sql: TransactionSql): Promise<void> {
  await sql.unsafe(takeState);
}

/**
 * A state that nobody is kept from changing: it is one only if nobody has. What is on one server is read from one snapshot, and the
 * others show nothing later as long as that server shows nothing later itself.
 */
async function inQuietState<Value>(
  connections: Connections,
  kind: StatementKind,
  work: (sql: TransactionSql) => Promise<Value>,
  countShards: string,
): Promise<Value> {
  let since = 0;
  const value = await connections.transaction(kind, 'isolation level repeatable read read only', async (sql) => {
    const proof = await readProof(sql, noLock, countShards);
    requireProof(proof);
    since = proof.revision;
    return work(sql);
  });
  const { revision } = await connections.read(kind, (sql) => readProof(sql, noLock, countShards));
  if (revision === since) return value;
  throw new StateChanged(
    `Something was written while the whole store was read: it went from revision ${since} to ${revision}. Next: try again when less is written.`,
  );
}

const noLock = 'select';
