import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConnection } from '../../src/store/postgres/connect.ts';
import { databaseProblem } from '../../src/store/postgres/database-problem.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { createEmptyDatabase, useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { hasPgBouncer, type PgBouncer, type PgBouncerOptions, startPgBouncer } from '../support/pgbouncer.ts';
import { startPosternServer } from '../support/postern-server.ts';

/** The pooler itself, as Debian has it. Where it is not installed, nothing is known of it. */

if (!hasPgBouncer)
  console.warn('LEFT OUT: PgBouncer is not installed ("apt-get install pgbouncer"), so it is not tried.');

const database = useDatabase();
const statementTimeoutMs = 3000;
const time = ['statement_timeout', 'idle_in_transaction_session_timeout'];
const plans = ['plan_cache_mode', 'jit', 'enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_bitmapscan'];
const ignores = ['role', 'search_path', ...time, ...plans];

const problemOf = async (work: Promise<unknown>) =>
  databaseProblem(await work.then(() => undefined).catch((error: unknown) => error));

describe.runIf(hasPgBouncer)('PgBouncer', () => {
  test('that leaves nothing out is told what it must leave out', async () => {
    await using pooler = await startPgBouncer(database(), { mode: 'session', ignores: ['extra_float_digits'] });
    for (const work of [migrate(pooler.url), openConnection(pooler.url, { statementTimeoutMs })]) {
      expect(await problemOf(work)).toMatch(
        /^A connection pooler does not take the setting "search_path" .* "ignore_startup_parameters"\.$/,
      );
    }
  });

  describe.each<PgBouncerOptions['mode']>(['transaction', 'statement'])('in %s mode', (mode) => {
    let pooler: PgBouncer;

    beforeAll(async () => {
      await asAdministrator(orders(database()));
      pooler = await startPgBouncer(database(), { mode, ignores });
    });

    afterAll(() => pooler[Symbol.asyncDispose]());

    const shared = /^A connection pooler gives one session .* Next: set its pool_mode to "session"/;

    test('is refused by a second connection at the latest', async () => {
      const first = await openConnection(pooler.url, { statementTimeoutMs }).catch(() => undefined);
      expect(await problemOf(openConnection(pooler.url, { statementTimeoutMs }))).toMatch(shared);
      await first?.close();
    });

    test('is refused before a server starts', async () => {
      const start = startPosternServer({ databaseUrl: pooler.url });
      expect(await problemOf(start)).toMatch(shared);
    });

    test('is refused before a table is made, and no lock stays behind', async () => {
      const empty = await createEmptyDatabase();
      await using way = await startPgBouncer(empty.url, { mode, ignores });
      expect(await problemOf(migrate(way.url))).toMatch(/search_path|pool_mode/);
      await asAdministrator([`alter role current_user in database ${nameOf(empty.url)} set search_path = public`]);
      await using other = await startPgBouncer(empty.url, { mode, ignores });
      expect(await problemOf(migrate(other.url))).toMatch(shared);
      const owner = connectAsOwner(empty.url, 1);
      expect(await owner`select from pg_locks where locktype = 'advisory'`).toHaveLength(0);
      expect(await owner`select from pg_namespace where nspname = 'drizzle'`).toHaveLength(0);
      await owner.end();
      await migrate(empty.url);
      await empty.drop();
    });
  });

  test('in session mode, a server works through it, and goes on after its sessions are ended', async () => {
    await asAdministrator(orders(database()));
    await using pooler = await startPgBouncer(database(), { mode: 'session', ignores });
    const server = await startPosternServer({
      ...{ databaseUrl: pooler.url, store: 'examples/creators/store.fga.yaml' },
      environment: { POSTERN_REQUEST_TIMEOUT_MS: String(statementTimeoutMs) },
    });
    const ask = async () => (await server.ask('{ viewer { subject } }', { as: 'user:eve' })).data;
    expect(await ask()).toEqual({ viewer: { subject: 'user:eve' } });
    for (let round = 0; round < 5; round++) {
      await asAdministrator([
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      ]);
      await expect.poll(ask, { timeout: 20_000, interval: 20 }).toEqual({ viewer: { subject: 'user:eve' } });
    }
    await server.stop();
  });
});

/** What the sentence about settings says to tell PostgreSQL, for one database only. */
function orders(url: string): readonly string[] {
  const settings = [
    ...['role = postern_app', 'search_path = public', `statement_timeout = ${statementTimeoutMs}`],
    `idle_in_transaction_session_timeout = ${2 * statementTimeoutMs}`,
    ...['plan_cache_mode = force_generic_plan', ...plans.slice(1).map((name) => `${name} = off`)],
  ];
  return settings.map((setting) => `alter role current_user in database ${nameOf(url)} set ${setting}`);
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);

async function asAdministrator(said: readonly string[]): Promise<void> {
  const owner = connectAsOwner(database(), 1);
  // What is said for the sessions of servers is so for this one, too.
  for (const order of ['set role none', ...said]) await owner.unsafe(order);
  await owner.end();
}
