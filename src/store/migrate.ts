import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/**
 * Brings the database's tables up to date. Safe to be called by many servers at once: one migrates, the others wait
 * for its session lock, which dies with the session if it is killed.
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    // A user that may not change tables can still start servers on tables that are up to date.
    if (await isUpToDate(client)) return;
    await client`select pg_advisory_lock(hashtext('postern.migrate'))`;
    await applyMigrations(drizzle({ client }), { migrationsFolder });
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function isUpToDate(client: postgres.Sql): Promise<boolean> {
  const newest = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis;
  if (newest === undefined) throw new Error('There are no migrations.');
  const [table] = await client<{ exists: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (table?.exists !== true) return false;
  const [row] = await client<{ applied: boolean }[]>`
    select exists (select from drizzle.__drizzle_migrations where created_at >= ${newest}) as applied`;
  return row?.applied === true;
}

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));
