import type postgres from 'postgres';

/** The driver's own pool, which does more than is safe; migrations and tests have it. */
export type Sql = postgres.Sql<{ int8: number }>;
/** One connection, on which statements are tagged templates; mostly inside a transaction. */
export type TransactionSql = postgres.TransactionSql<{ int8: number }>;
