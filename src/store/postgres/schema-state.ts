import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { invariant } from '../../base/invariant.ts';
import { quote } from '../../base/text-problem.ts';
import { type DatabaseFacts, UnpreparedDatabase } from './inspect-database.ts';
import type { TransactionSql } from './sql.ts';

export const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url));

/**
 * Whether the tables are those that this version knows, or newer ones that servers of this version can work on; throws where they
 * are newer than that. Docs: docs/upgrading.md.
 */
export async function isUpToDate(sql: TransactionSql, { database }: DatabaseFacts): Promise<boolean> {
  const newest = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis;
  invariant(newest !== undefined, 'there are migrations');
  const [row] = await sql<{ applied: boolean }[]>`
    select exists (select from drizzle.__drizzle_migrations where created_at >= ${newest}) as applied`;
  if (row?.applied !== true) return false;
  const [store] = await sql<{ isKnown: boolean }[]>`select oldest_schema <= ${newest} as "isKnown" from store`;
  if (store?.isKnown === true) return true;
  throw new UnpreparedDatabase(
    `The tables in the database ${quote(database)} are those of a newer version, beside which this one cannot work. Next: start the newer version, or restore a backup of before it.`,
  );
}
