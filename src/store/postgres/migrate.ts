import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import { invariant } from '../../base/invariant.ts';
import type { Connection } from './connection.ts';
import { inspectSession } from './inspect-session.ts';
import { versionProblem } from './postgres-version.ts';
import { readAddress } from './read-address.ts';
import { runInside } from './run-inside.ts';
import { ServerList } from './server-list.ts';
import type { Sql, TransactionSql } from './sql.ts';

/**
 * Brings the database's tables up to date. Safe to be called by many servers at once: one migrates, the others wait
 * for its session lock, which dies with the session if it is killed.
 */
export async function migrate(url: string): Promise<void> {
  const connection = await connect(url).catch(async (error: unknown) => {
    throw isOfUnknownDatabase(error) ? Object.assign(error, { databases: await databasesBeside(url) }) : error;
  });
  try {
    await connection.orLost(migrateOn(connection));
  } finally {
    await connection.close();
  }
}

function connect(url: string): Promise<Connection> {
  // Tables are made where servers look for them.
  const settings = { search_path: String(readAddress(url).connection.search_path ?? 'public') };
  return new ServerList(url).open({
    session: { ...settings, application_name: 'postern migrate' },
    greet: (sql) => inspectSession(sql, { settings, takesWrites: false }),
  });
}

function isOfUnknownDatabase(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === '3D000';
}

/** What the server has instead of a database that it does not have; nothing where it does not say. */
async function databasesBeside(url: string): Promise<readonly string[]> {
  const usual = Object.assign(new URL(url), { pathname: '/postgres' });
  try {
    const connection = await connect(usual.href);
    const asked = connection.sql<{ name: string }[]>`
      select datname as name from pg_database where datallowconn and not datistemplate order by 1 limit 1000`;
    const rows = await connection.orLost(asked).finally(() => connection.close());
    return rows.map(({ name }) => name);
  } catch {
    return [];
  }
}

async function migrateOn(connection: Connection): Promise<void> {
  const { sql } = connection;
  const [server] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int4 as version`;
  const tooOld = server && versionProblem(server.version);
  if (tooOld !== undefined) throw new Error(tooOld);
  // A user that may not change tables can still start servers on tables that are up to date.
  if (await isUpToDate(sql)) return;
  await sql`select pg_advisory_lock(hashtext('postern.migrate'))`;
  const begin = async (work: (inside: TransactionSql) => Promise<unknown>) => {
    await sql.unsafe('begin');
    return runInside(connection, work);
  };
  const client = Object.assign(sql, { begin }) as unknown as Sql;
  await applyMigrations(drizzle({ client }), { migrationsFolder });
}

async function isUpToDate(client: TransactionSql): Promise<boolean> {
  const newest = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis;
  invariant(newest !== undefined, 'there are migrations');
  const [table] = await client<{ exists: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (table?.exists !== true) return false;
  const [row] = await client<{ applied: boolean }[]>`
    select exists (select from drizzle.__drizzle_migrations where created_at >= ${newest}) as applied`;
  return row?.applied === true;
}

const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url));
