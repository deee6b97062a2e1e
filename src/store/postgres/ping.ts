import { invariant } from '../../base/invariant.ts';
import { rowsOf } from './connect.ts';
import type { TransactionSql } from './sql.ts';

/** Looks into every table that a check needs. */
export async function ping(sql: TransactionSql): Promise<void> {
  const [row] = rowsOf(
    await sql`
      select exists (select from relationship), exists (select from object), exists (select from term) from store`,
  );
  invariant(row !== undefined, 'a database that was migrated has its row of the store');
}
