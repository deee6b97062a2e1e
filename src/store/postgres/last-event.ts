import { invariant } from '../../base/invariant.ts';
import { rowsOf } from './connect.ts';
import type { TransactionSql } from './sql.ts';

/** The last audit event of a state, which says what history the state is of. The log is a chain, so its hash is one of everything before it. */
export interface LastEvent {
  readonly identity: string;
  readonly event: number;
  readonly hash: string;
}

/** A state that was read, and what the event that was known before is in it. */
export interface SeenState extends LastEvent {
  readonly hashThen: string | undefined;
}

/** Whether a state has everything that had happened by then. When nothing had, every state of the database has. */
export function goesOnFrom(then: LastEvent, state: Pick<SeenState, 'identity' | 'hashThen'>): boolean {
  return then.identity === state.identity && (then.event === 0 || then.hash === state.hashThen);
}

export function isSameEvent(one: LastEvent | undefined, other: LastEvent): boolean {
  return one?.identity === other.identity && one.event === other.event && one.hash === other.hash;
}

/** The columns of a statement that reads the table `store`. */
export function seenColumns(sql: TransactionSql, then: LastEvent | undefined) {
  const event = then?.event ?? 0;
  // Mostly nothing was written since, and then it stands in the row of the store.
  return sql`
    store.identity, store.audit_length as event, store.audit_head as hash,
    case when store.audit_length = ${event}::int8 then store.audit_head
      else (select hash from audit_event where id = ${event}::int8) end as hash_then`;
}

export interface SeenColumns extends LastEvent {
  readonly hash_then: string | null;
}

export function seenStateOf({ identity, event, hash, hash_then }: SeenColumns): SeenState {
  return { identity, event, hash, hashThen: hash_then ?? undefined };
}

export async function readSeenState(sql: TransactionSql, then: LastEvent | undefined): Promise<SeenState> {
  const [row] = rowsOf(await sql<SeenColumns[]>`select ${seenColumns(sql, then)} from store`);
  invariant(row !== undefined, 'the table "store" has its row');
  return seenStateOf(row);
}
