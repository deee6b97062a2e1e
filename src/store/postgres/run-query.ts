import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import { rowsOf } from './connect.ts';
import type { TransactionSql } from './sql.ts';

/**
 * Runs a plain statement that Drizzle's query builder makes, on the connection of one transaction: its own driver would change how
 * the connection reads dates and JSON. See docs/decisions/0011-drizzle.md.
 *
 * Rows are read where a statement returns some; how many it changed otherwise is not told. What the database refuses is thrown
 * as the database says it: Drizzle would say the statement and its parameters, and whoever tries again has to know why.
 */
export async function runQuery<Rows>(
  sql: TransactionSql,
  build: (queries: PgRemoteDatabase) => PromiseLike<Rows>,
): Promise<Rows> {
  try {
    return await build(queriesOn(sql));
  } catch (error) {
    throw error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
  }
}

function queriesOn(sql: TransactionSql): PgRemoteDatabase {
  return drizzle(async (text, parameters, method) => {
    const result = await sql.unsafe(text, parameters, { prepare: true }).values();
    return { rows: method === 'all' ? [...rowsOf(result)] : [] };
  });
}
