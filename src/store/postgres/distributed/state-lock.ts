import { setTimeout as sleep } from 'node:timers/promises';
import { rowsOf } from '../connect.ts';
import type { TransactionSql } from '../sql.ts';

/** The lock of a state that is on several servers: shared by those who read one, and had alone by a commit. */

const stateLock = `pg_catalog.hashtext('postern.state')`;

/** Waits for a commit that has the lock or waits for it. Nothing that is asked behind it takes much longer than `heldMs`. */
export function shareState(heldMs: number): string {
  // Whoever is not heard of any more, as its process hangs, does not keep writes waiting, either.
  const settings = [
    ['statement_timeout', heldMs],
    ['idle_in_transaction_session_timeout', idleParts * heldMs],
  ].map(([name, value]) => `pg_catalog.set_config('${name}', '${value}', true)`);
  return `select pg_catalog.pg_advisory_xact_lock_shared(${stateLock}), ${settings.join(', ')}`;
}

const idleParts = 6;

/** Takes the lock if nobody reads a state, and otherwise keeps nobody from reading one. */
export const tryState = `select pg_catalog.pg_try_advisory_xact_lock(${stateLock}) as is_taken`;
/** Waits until nobody reads a state, and lets nobody begin. */
const waitForState = `select pg_catalog.pg_advisory_xact_lock(${stateLock})`;

interface TriedRow {
  readonly is_taken: boolean;
}

export function isTaken(rows: readonly unknown[]): boolean {
  const [row] = rows as readonly (TriedRow | undefined)[];
  return row?.is_taken === true;
}

/**
 * Takes the lock for the end of a transaction. First it is tried for a while, so that nobody waits behind somebody who waits; a stream
 * of readers that leaves no gap is kept from going on then, for as long as one of them may hold the lock.
 */
export async function takeState(sql: TransactionSql): Promise<void> {
  const until = performance.now() + triedMs;
  do {
    if (isTaken(rowsOf(await sql.unsafe<TriedRow[]>(tryState)))) return;
    await sleep(pauseMs);
  } while (performance.now() < until);
  await sql.unsafe(waitForState);
}

/** With the time that a reader may hold the lock, well below what a write waits for a lock. */
const triedMs = 250;
const pauseMs = 5;
