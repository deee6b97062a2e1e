import { rowsOf } from '../connect.ts';
import type { TransactionSql } from '../sql.ts';

/** The numbers of all relations that any model ever had. */
export async function readRelationNumbers(sql: TransactionSql): Promise<readonly number[]> {
  const rows = rowsOf(await sql<{ number: number }[]>`select number from term where kind = 'relation'`);
  return rows.map(({ number }) => number);
}
