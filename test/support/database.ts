import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, inject } from 'vitest';
import type {} from './global-setup.ts';
import { playCitus, playsCitus } from './play-citus.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A new, migrated and empty database of its own. */
export async function createDatabase(): Promise<TestDatabase> {
  const database = await makeDatabase((sql, name) => cloneTemplate(sql, name, inject('testPostgres').template));
  if (playsCitus) await playCitus(database.url);
  return database;
}

/** A new database without a table, as an operator makes one before the first start. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return makeDatabase(async (sql, name) => void (await sql`create database ${sql(name)}`));
}

async function makeDatabase(make: (sql: postgres.Sql, name: string) => Promise<void>): Promise<TestDatabase> {
  const { adminUrl } = inject('testPostgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(adminUrl, (sql) => make(sql, name));
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => asAdmin(adminUrl, async (sql) => void (await sql`drop database if exists ${sql(name)} with (force)`)),
  };
}

/** One database for the calling test file, dropped at its end. The getter works from the first test on. */
export function useDatabase(): () => string {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database?.drop());
  return () => {
    if (database === undefined) throw new Error('The database exists only inside tests and hooks.');
    return database.url;
  };
}

async function asAdmin(adminUrl: string, run: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await run(sql);
  } finally {
    await sql.end();
  }
}

/** Something may look into the template for a moment (the autovacuum does), which fails a clone: then again. */
async function cloneTemplate(sql: postgres.Sql, name: string, template: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sql`create database ${sql(name)} template ${sql(template)}`;
      return;
    } catch (error) {
      const isInUse = error instanceof postgres.PostgresError && error.code === '55006';
      if (!isInUse || attempt === 10) throw error;
      await sleep(50 * attempt);
    }
  }
}
