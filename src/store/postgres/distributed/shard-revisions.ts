import { invariant } from '../../../base/invariant.ts';
import type { TransactionSql } from '../sql.ts';
import { sendInTurn } from './send-in-turn.ts';

/**
 * The proof that a state is on every server.
 *
 * Where a commit is on several servers, each of them but the first hears of it a moment later, and one that was down just then much
 * later: until it has, it shows what was before. So the table `shard_revision` has a row in each shard of `relationship`, beside its
 * rows and on the same server, which every write takes from the last revision to its own, in the transaction that it writes the shard's
 * relationships in. Where all rows say the revision that the row of the store says, every shard has what was written up to it.
 */

/** A server does not show yet, or any more, what was committed. */
export class NotEverywhere extends Error {}

/** The store's revision, and how many shards there are; and what these say, together. */
export interface Proof {
  readonly revision: number;
  readonly expected: number;
  readonly shards: number;
  readonly least: number | null;
  readonly most: number | null;
}

/** Reads a proof behind another statement. `countShards` says in SQL how many shards there are. */
export async function readProof(sql: TransactionSql, before: string, countShards: string): Promise<Proof> {
  const [, stores, shards] = await sendInTurn<Proof>(sql, [
    before,
    `select revision, ${countShards} as expected from store`,
    'select count(*)::int4 as shards, min(revision) as least, max(revision) as most from shard_revision',
  ]);
  const [store, found] = [stores?.rows[0], shards?.rows[0]];
  invariant(store !== undefined && found !== undefined, 'the table "store" has its row, and an aggregate, too');
  return { ...store, ...found };
}

/** Throws where not all shards are at the revision of the store. */
export function requireProof(proof: Proof): void {
  if (isProven(proof)) return;
  const { revision, expected, shards, least, most } = proof;
  const found = least === most ? `revision ${least}` : `revisions ${least} to ${most}`;
  throw new NotEverywhere(
    `The store is at revision ${revision}, and of ${expected} shards ${shards} say ${found}: a server has not finished a commit, or has lost it.`,
  );
}

export function isProven({ revision, expected, shards, least, most }: Proof): boolean {
  return shards === expected && least === revision && most === revision;
}

/** Takes all of so many shards from one revision to another, and returns the rows of what is sent after it. */
export async function advanceShards(
  sql: TransactionSql,
  { from, to, expected }: { readonly from: number; readonly to: number; readonly expected: number },
  after: string,
): Promise<readonly unknown[]> {
  const [advanced, next] = await sendInTurn(sql, [
    `update shard_revision set revision = ${to}::int8 where revision = ${from}::int8`,
    after,
  ]);
  if (advanced?.count === expected) return next?.rows ?? [];
  throw new NotEverywhere(`Of ${expected} shards, ${advanced?.count ?? 0} were at revision ${from}.`);
}
