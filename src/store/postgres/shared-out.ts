import type { TransactionSql } from './sql.ts';

/** Whether Citus is installed in the database that is asked, as one value of a statement. That alone shares nothing out. */
export const hasCitus = `exists (select from pg_catalog.pg_extension where extname = 'citus')`;

/** Whether the relationships are shared out among servers, where Citus is installed. */
export async function areSharedOut(sql: TransactionSql): Promise<boolean> {
  const [row] = await sql.unsafe<{ is_shared_out: boolean }[]>(`
      select exists (
        select from pg_catalog.pg_dist_partition where logicalrelid = pg_catalog.to_regclass('relationship') and partmethod = 'h'
      ) as is_shared_out`);
  return row?.is_shared_out === true;
}
