import type { Dialect } from '../dialect.ts';
import { applyMigrations } from './apply-migrations.ts';
import { applicationRole } from './connect.ts';
import type { Connection } from './connection.ts';
import { distributeTables, readDistribution, requireDistribution } from './distributed/distribute-tables.ts';
import {
  type DatabaseFacts,
  readDatabaseFacts,
  requireDatabase,
  requireMigrationRights,
  requireReadingRights,
  requireServerRights,
} from './inspect-database.ts';
import { inspectSession } from './inspect-session.ts';
import { keepAudit } from './keep-audit.ts';
import { readAddress } from './read-address.ts';
import { runInside } from './run-inside.ts';
import { isUpToDate, migrationsFolder } from './schema-state.ts';
import { ServerList } from './server-list.ts';
import type { TransactionSql } from './sql.ts';

/** What a database is that was brought up to date. */
export interface Migrated {
  /** What its server speaks. */
  readonly dialect: Dialect;
  /** What was done beside the migrations, a sentence for each. */
  readonly done: readonly string[];
  /** That the database was told to keep events otherwise, and this user may not tell it. */
  readonly doubt: string | undefined;
}

/**
 * Brings the database's tables up to date, and makes sure that servers can work on them as this user; where that cannot be, it throws
 * what an administrator has to run. Safe to be called by many servers at once: one migrates, the others wait.
 *
 * With `keepAuditMs` it tells the database for how long audit events are kept, infinite for ever.
 */
export async function migrate(url: string, keepAuditMs?: number): Promise<Migrated> {
  const connection = await connect(url).catch(async (error: unknown) => {
    throw isOfUnknownDatabase(error) ? Object.assign(error, { databases: await databasesBeside(url) }) : error;
  });
  try {
    // A pooler that gives one session to several gives it to this one now, which then finds that it is used.
    await (await connect(url)).close();
    return await connection.orLost(migrateOn(connection, keepAuditMs));
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

async function migrateOn(connection: Connection, keepAuditMs: number | undefined): Promise<Migrated> {
  const { sql } = connection;
  const facts = await readDatabaseFacts(sql);
  requireDatabase(facts);
  // A user that may not change tables can still start servers on tables that are up to date.
  const isCurrent = facts.owner !== null && (await asReader(connection, facts, (inside) => isUpToDate(inside, facts)));
  if (!isCurrent) {
    requireMigrationRights(facts);
    await applyMigrations(connection, migrationsFolder);
  }
  const present = isCurrent ? facts : await readDatabaseFacts(sql);
  const done = present.isCitus ? await shareOut(connection, present) : [];
  await requireServerRights(sql, present);
  const doubt =
    keepAuditMs === undefined
      ? undefined
      : await asReader(connection, present, (inside) => keepAudit(inside, keepAuditMs, present));
  return { dialect: present.isCitus ? 'citus' : 'postgres', done, doubt };
}

/** Whoever does not own the tables starts servers only where they are shared out. */
async function shareOut(connection: Connection, { isOwner }: DatabaseFacts): Promise<readonly string[]> {
  const done = isOwner ? await distributeTables(connection) : [];
  requireDistribution(await readDistribution(connection.sql));
  return done;
}

/** Whoever does not own the tables reads them as servers do. */
async function asReader<Value>(
  connection: Connection,
  facts: DatabaseFacts,
  read: (sql: TransactionSql) => Promise<Value>,
): Promise<Value> {
  if (facts.isOwner) return read(connection.sql);
  await requireReadingRights(connection.sql, facts);
  await connection.sql.unsafe('begin');
  return runInside(connection, async (sql) => {
    await sql.unsafe(`set local role ${applicationRole}`);
    return read(sql);
  });
}
