import { fileURLToPath } from 'node:url';
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
    await client`select pg_advisory_lock(hashtext('postern.migrate'))`;
    await applyMigrations(drizzle({ client }), { migrationsFolder });
  } finally {
    await client.end({ timeout: 5 });
  }
}

const migrationsFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));
