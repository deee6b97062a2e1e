import { setTimeout as delay } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import type { Connection } from './connection.ts';
import { runInside } from './run-inside.ts';
import type { Sql, TransactionSql } from './sql.ts';

/**
 * Applies what is missing, all of it or nothing; one session of many at a time, the others wait for its lock, which dies with it.
 *
 * A table that is to be changed may be in use for hours, by a backup for example, and whoever waits for it lets everybody wait who
 * comes later. So it is waited for a moment only, again and again, and servers go on in between.
 */
export async function applyMigrations(connection: Connection, migrationsFolder: string): Promise<void> {
  const { sql } = connection;
  await sql`select pg_advisory_lock(hashtext('postern.migrate'))`;
  const begin = async (work: (inside: TransactionSql) => Promise<unknown>) => {
    await sql.unsafe('begin');
    return runInside(connection, work);
  };
  await sql.unsafe(`set lock_timeout = ${lockTimeoutMs}`);
  const client = Object.assign(sql, { begin }) as unknown as Sql;
  for (let attempt = 1; ; attempt++) {
    try {
      return await migrate(drizzle({ client }), { migrationsFolder });
    } catch (error) {
      if (attempt === attempts || !isLockTimeout(error)) throw error;
    }
    await delay(pauseMs);
  }
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
