import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Makes the tables as an earlier version has left them: with its last migration, and none after it. */
export async function migrateUpTo(url: string, lastMigration: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-migrations-'));
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await cp('drizzle', folder, { recursive: true });
    const file = join(folder, 'meta', '_journal.json');
    const journal: { readonly entries: readonly { readonly tag: string }[] } = JSON.parse(await readFile(file, 'utf8'));
    const last = journal.entries.findIndex(({ tag }) => tag === lastMigration);
    if (last === -1) throw new Error(`There is no migration ${JSON.stringify(lastMigration)}.`);
    await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
    await migrate(drizzle({ client }), { migrationsFolder: folder });
  } finally {
    await client.end();
    await rm(folder, { recursive: true });
  }
}
