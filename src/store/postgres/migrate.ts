import type { Dialect } from '../dialect.ts';
import { applyMigrations } from './apply-migrations.ts';
import { applicationRole } from './connect.ts';
import type { Connection } from './connection.ts';
import { distributeTables, isBegun, readDistribution, requireDistribution } from './distributed/distribute-tables.ts';
import {
  type DatabaseFacts,
  readDatabaseFacts,
  requireDatabase,
  requireMigrationRights,
  requireReadingRights,
  requireServerRights,
  UnpreparedDatabase,
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
 * With `keepAuditMs` it tells the database for how long audit events are kept, infinite for ever. Only with `sharesOut` it shares tables
 * out among the servers of Citus: that Citus is installed is not reason enough.
 */
export async function migrate(url: string, keepAuditMs?: number, sharesOut = false): Promise<Migrated> {
  const connection = await connect(url).catch(async (error: unknown) => {
    throw isOfUnknownDatabase(error) ? Object.assign(error, { databases: await databasesBeside(url) }) : error;
  });
  try {
    // A pooler that gives one session to several gives it to this one now, which then finds that it is used.
    await (await connect(url)).close();
    return await connection.orLost(migrateOn(connection, keepAuditMs, sharesOut));
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

async function migrateOn(
  connection: Connection,
  keepAuditMs: number | undefined,
  sharesOut: boolean,
): Promise<Migrated> {
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
  const shared = await shareOut(connection, present, sharesOut);
  await requireServerRights(sql, present);
  const doubt =
    keepAuditMs === undefined
      ? undefined
      : await asReader(connection, present, (inside) => keepAudit(inside, keepAuditMs, present));
  return { ...shared, doubt };
}

/** Says what is spoken; where tables are shared out by halves, it throws. */
async function shareOut(
  connection: Connection,
  { hasCitus, isOwner }: DatabaseFacts,
  sharesOut: boolean,
): Promise<Pick<Migrated, 'dialect' | 'done'>> {
  if (!hasCitus) {
    if (sharesOut) throw new UnpreparedDatabase(noCitusSentence);
    return { dialect: 'postgres', done: [] };
  }
  const done = sharesOut && isOwner ? await distributeTables(connection) : [];
  const found = await readDistribution(connection.sql);
  if (!sharesOut && !isBegun(found)) return { dialect: 'postgres', done };
  requireDistribution(found);
  return { dialect: 'citus', done };
}

const noCitusSentence =
  'The database has no extension "citus", which shares tables out among servers. Next: leave out "--share-out", or say to the database, as an administrator: CREATE EXTENSION citus;';

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
