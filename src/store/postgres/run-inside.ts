import postgres from 'postgres';
import { invariant } from '../../base/invariant.ts';
import { beforeEachStatement } from './before-each-statement.ts';
import type { Connection } from './connection.ts';
import type { TransactionSql } from './sql.ts';

/** Runs `work` in the transaction that has begun, commits it if it succeeds, and leaves nothing behind if not. */
export async function runInside<Value>(
  connection: Connection,
  work: (sql: TransactionSql) => Promise<Value>,
  commits: TransactionSql = connection.sql,
): Promise<Value> {
  const { sql } = connection;
  const inside = { isOver: false };
  let value: Value;
  try {
    value = await work(whileInside(sql, inside));
  } catch (error) {
    inside.isOver = true;
    await rollBack(connection, error);
    throw error;
  }
  inside.isOver = true;
  // After a statement that failed, the database answers a commit with a rollback.
  const { command } = await commits.unsafe('commit');
  if (command !== 'COMMIT') throw new Error('The transaction was not committed, because a statement in it had failed.');
  return value;
}

/** A session that the driver has lost count of, or that does not take the rollback, is not used again. */
async function rollBack(connection: Connection, error: unknown): Promise<void> {
  if (isConnectionLost(error)) return connection.destroy();
  await connection.sql.unsafe('rollback').catch(() => connection.destroy());
}

/** The same, but nothing is asked after the end: it would be asked in somebody else's transaction. */
function whileInside(sql: TransactionSql, inside: { readonly isOver: boolean }): TransactionSql {
  return beforeEachStatement(sql, () => {
    invariant(!inside.isOver, 'no statement is sent after the end of its transaction');
  });
}

/** Fatal errors of the database, and errors of the driver or of the network, which have a code. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return error.severity !== 'ERROR';
  return error instanceof Error && 'code' in error;
}
