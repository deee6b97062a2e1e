import { setTimeout as delay } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import type { Connection } from './connection.ts';
import { runInside } from './run-inside.ts';
import type { Sql, TransactionSql } from './sql.ts';

/**
 * Applies what is missing, all of it or nothing; one session of many at a time, the others wait for the lock of its transaction,
 * which is over when that is, however it ends.
 *
 * A table that is to be changed may be in use for hours, by a backup for example, and whoever waits for it lets everybody wait who
 * comes later. So it is waited for a moment only, again and again, and servers go on in between.
 */
export async function applyMigrations(connection: Connection, migrationsFolder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOn(connection, migrationsFolder);
    } catch (error) {
      if (attempt === attempts || !isLockTimeout(error)) throw error;
    }
    await delay(pauseMs);
  }
}

async function attemptOn(connection: Connection, migrationsFolder: string): Promise<void> {
  await connection.sql.unsafe('begin');
  await runInside(connection, async (inside) => {
    await inside`select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('postern.migrate'))`;
    await inside.unsafe(`set local lock_timeout = ${lockTimeoutMs}`);
    const begin = (work: (sql: TransactionSql) => Promise<unknown>) => work(inside);
    const client = Object.assign(inside, { begin }) as unknown as Sql;
    await migrate(drizzle({ client }), { migrationsFolder });
  });
}

/** Below the time in which a check gives up. */
const lockTimeoutMs = 1000;
const pauseMs = 2000;
/** Some five minutes. */
const attempts = 100;

function isLockTimeout(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if ('code' in one && one.code === '55P03') return true;
  return false;
}
