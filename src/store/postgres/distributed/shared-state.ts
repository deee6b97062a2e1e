import { invariant } from '../../../base/invariant.ts';
import type { StatementKind } from '../../statement-watch.ts';
import type { Connections } from '../connection-pool.ts';
import type { Shapes } from '../shapes.ts';
import type { TransactionSql } from '../sql.ts';
import type { StoreHead } from '../write-head.ts';
import { inHeldState, untilCommitted } from './held-state.ts';
import { readQuietly } from './quiet-state.ts';
import { advanceShards, readProof, requireProof } from './shard-revisions.ts';
import { isTaken, takeState, tryState } from './state-lock.ts';

/**
 * How a state is read that is on several servers, none of which knows of a snapshot of the others. That every server shows it is
 * proven by `shard_revision`.
 *
 * What is short shares a lock for a little time, which whoever writes has alone from the moment before its commit until every server
 * has been told of it: the database lets go of a transaction's locks only behind that. So no commit comes in between the statements of
 * a state. What takes longer holds no lock: it is a state if nothing was committed meanwhile, and is read once more where something
 * was; only if that was in vain, too, it tries to be short.
 */

/** Something was written while a state was read that nobody kept from it. */
export class StateChanged extends Error {}

type StateShapes = Pick<
  Shapes,
  'inState' | 'inLongState' | 'inOneStatement' | 'inQuietState' | 'beginWrite' | 'endWrite' | 'endRemoval'
>;

/** What a write does on one server is one transaction there. */
const writeInTurn = `select pg_catalog.set_config('citus.multi_shard_modify_mode', 'sequential', true)`;

/** `countShards` says in SQL how many shards there are, `heldMs` for how long a state may be kept from commits. */
export function stateShapes(countShards: string, heldMs: number): StateShapes {
  const expected = new WeakMap<StoreHead, number>();
  const inLongState: Shapes['inState'] = async (connections, kind, work) => {
    const read = await readTwice(connections, kind, work, countShards);
    if (read.kind === 'state') return read.value;
    const held = await inHeldState(connections, kind, work, { countShards, heldMs });
    if (held.kind === 'state') return held.value;
    throw new StateChanged('Something was written whenever a question was asked that takes long. Next: try again.');
  };
  return {
    inState: async (connections, kind, work) => {
      const held = await inHeldState(connections, kind, work, { countShards, heldMs });
      return held.kind === 'state' ? held.value : inLongState(connections, kind, work);
    },
    inLongState,
    inOneStatement: inLongState,
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
      if (from === to) return takeState(sql);
      const rows = await advanceShards(sql, { from, to, expected: shards }, tryState);
      if (!isTaken(rows)) await takeState(sql);
    },
    endRemoval: takeState,
  };
}

/** Once more where something was committed meanwhile. */
async function readTwice<Value>(
  connections: Connections,
  kind: StatementKind,
  work: (sql: TransactionSql) => Promise<Value>,
  countShards: string,
) {
  const first = await readQuietly(connections, kind, work, countShards);
  if (first.kind === 'state') return first;
  await untilCommitted(connections, kind, countShards);
  return readQuietly(connections, kind, work, countShards);
}

/** What takes so long that it is not begun again once it was. */
async function inQuietState<Value>(
  connections: Connections,
  kind: StatementKind,
  work: (sql: TransactionSql) => Promise<Value>,
  countShards: string,
): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    const read = await readQuietly(connections, kind, work, countShards);
    if (read.kind === 'state') return read.value;
    await untilCommitted(connections, kind, countShards);
    if (read.kind === 'not begun' && attempt < mostBeginnings) continue;
    throw new StateChanged(
      'Something was written while the whole store was read. Next: try again when less is written.',
    );
  }
}

const mostBeginnings = 3;
