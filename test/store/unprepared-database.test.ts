import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/server/embedded-postgres.ts';
import { applicationRights } from '../../src/store/postgres/application-rights.ts';
import { openConnection } from '../../src/store/postgres/connect.ts';
import { databaseProblem } from '../../src/store/postgres/database-problem.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { migrateUpTo } from '../support/migrate-up-to.ts';

/** A PostgreSQL of its own: roles belong to all databases of one. */
let folder: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-unprepared-'));
  server = await startEmbeddedPostgres({ dataDirectory: folder, durable: false });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

function addressOf(database: string, user?: string): string {
  const url = Object.assign(new URL(server.url), { pathname: `/${database}` });
  return (user === undefined ? url : Object.assign(url, { username: user, password: 'hunter2' })).href;
}

/** Says something to a database as an administrator does. */
async function administer(database: string, ...orders: readonly string[]): Promise<readonly postgres.Row[]> {
  const sql = postgres(addressOf(database), { max: 1, onnotice: () => undefined });
  try {
    let rows: readonly postgres.Row[] = [];
    for (const order of orders) rows = await sql.unsafe(order);
    return rows;
  } finally {
    await sql.end();
  }
}

/** What whoever starts a server with this address is told; undefined where it starts. */
async function problemOf(url: string): Promise<string | undefined> {
  try {
    await migrate(url);
    const connection = await openConnection(url, { statementTimeoutMs: 5000 });
    await connection.sql`select from store`;
    await connection.close();
    return undefined;
  } catch (error) {
    return databaseProblem(error) ?? `raw: ${String(error)}`;
  }
}

function ordersIn(problem: string | undefined): readonly string[] {
  return Array.from(problem?.matchAll(/(?:CREATE|GRANT) [^;]*;/g) ?? [], ([order]) => order);
}

/** Each sentence that is said, with all that it asks for being done before the next start, until the server starts. */
async function followed(database: string, url: string): Promise<readonly string[]> {
  const said: string[] = [];
  for (let problem = await problemOf(url); problem !== undefined; problem = await problemOf(url)) {
    said.push(problem);
    const orders = ordersIn(problem);
    if (orders.length === 0 || said.length > 3) break;
    await administer(database, ...orders);
  }
  return said;
}

test('a database with another encoding is refused, and the one that is asked for instead is taken', async () => {
  await administer(
    'postgres',
    `create database latin encoding 'LATIN1' template template0 locale_provider libc locale 'C'`,
  );
  const said = await problemOf(addressOf('latin'));
  expect(said).toBe(
    'The database "latin" has the encoding "LATIN1", and Postern needs "UTF8", to keep every name as it is. Next: say to the database, as an administrator: CREATE DATABASE "latin_utf8" ENCODING \'UTF8\' TEMPLATE template0; and point DATABASE_URL at it.',
  );
  await administer('postgres', ...ordersIn(said));
  expect(await problemOf(addressOf('latin_utf8'))).toBeUndefined();
});

describe('a user is told what is missing, and that is enough', () => {
  test('to make the tables, in a PostgreSQL that has seen no Postern', async () => {
    await administer('postgres', 'drop database if exists latin_utf8', 'drop role if exists postern_app');
    await administer('postgres', `create role plain login password 'hunter2'`, 'create database of_nobody');
    expect(await followed('of_nobody', addressOf('of_nobody', 'plain'))).toEqual([
      'The database "of_nobody" has no tables yet, and its user "plain" may not make all of what is needed. Next: say to the database, as an administrator: GRANT CREATE ON DATABASE "of_nobody" TO "plain"; GRANT CREATE ON SCHEMA "public" TO "plain"; CREATE ROLE postern_app NOLOGIN; GRANT postern_app TO "plain"; or let "npm run postern -- migrate" run once with a DATABASE_URL of the owner of the database.',
    ]);
  });

  test('to make the tables, where the role is there already', async () => {
    await administer(
      'postgres',
      `create role second login password 'hunter2'`,
      'create database of_second owner second',
    );
    expect(await followed('of_second', addressOf('of_second', 'second'))).toEqual([
      'The database "of_second" has no tables yet, and its user "second" may not make all of what is needed. Next: say to the database, as an administrator: GRANT postern_app TO "second"; or let "npm run postern -- migrate" run once with a DATABASE_URL of the owner of the database.',
    ]);
  });

  test.each(['', 'with inherit false'])(
    'to start servers on tables that somebody else has made (member %s)',
    async (how) => {
      const [name, user] = [`apart_${how.length}`, `runs_${how.length}`];
      await administer('postgres', `create role ${user} login password 'hunter2'`, `create database ${name}`);
      await migrate(addressOf(name));
      const problem = await problemOf(addressOf(name, user));
      expect(problem).toBe(
        `The user "${user}" is no member of the role "postern_app", as which servers work. Next: say to the database, as an administrator: GRANT postern_app TO "${user}";`,
      );
      await administer(name, ...ordersIn(problem).map((order) => order.replace(';', ` ${how}`)));
      expect(await problemOf(addressOf(name, user))).toBeUndefined();
    },
  );
});

// In a PostgreSQL that has not seen the role.
test('whoever may make roles and owns the database needs nobody', async () => {
  const own = await mkdtemp(join(tmpdir(), 'postern-maker-'));
  const other = await startEmbeddedPostgres({ dataDirectory: own, durable: false });
  try {
    const admin = postgres(other.url, { max: 1, onnotice: () => undefined });
    await admin.unsafe(`create role maker login createrole password 'hunter2'`);
    await admin.unsafe('create database of_maker owner maker');
    await admin.end();
    const url = Object.assign(new URL(other.url), { pathname: '/of_maker', username: 'maker', password: 'hunter2' });
    expect(await problemOf(url.href)).toBeUndefined();
  } finally {
    await other.stop();
    await rm(own, { recursive: true });
  }
});

test('older tables are those of somebody who can bring them up to date, who is named', async () => {
  await administer('postgres', `create role late login password 'hunter2'`, 'create database older');
  await migrateUpTo(addressOf('older'), '0007_relationship-statistics');
  await administer('older', 'grant postern_app to late');
  const { username } = new URL(server.url);
  expect(await problemOf(addressOf('older', 'late'))).toBe(
    `The tables in the database "older" are older than this version, and they are those of "${username}", not of "late". Next: let "npm run postern -- migrate" run once with a DATABASE_URL of "${username}".`,
  );
  await migrate(addressOf('older'));
  expect(await problemOf(addressOf('older', 'late'))).toBeUndefined();
});

describe('the rights of the role', () => {
  beforeAll(async () => {
    await administer('postgres', 'create database rights');
    await migrate(addressOf('rights'));
    await administer('rights', `create role starter login password 'hunter2'`, 'grant postern_app to starter');
  });

  test('are those that migrations give', async () => {
    const granted = await administer(
      'rights',
      `select table_name, null as columns, privilege_type from information_schema.role_table_grants
         where grantee = 'postern_app' and table_schema = 'public'
       union select table_name, string_agg(column_name, ',' order by column_name), privilege_type from information_schema.column_privileges
         where grantee = 'postern_app' and table_schema = 'public' and privilege_type = 'UPDATE' and table_name in ('store', 'proposal', 'use_server', 'grant_use', 'subject_use')
         group by table_name, privilege_type`,
    );
    const known = applicationRights.flatMap(({ table, privileges, columns }) =>
      privileges.map((privilege) => [table, columns?.toSorted().join() ?? null, privilege].join(' ')),
    );
    const found = granted.map(({ table_name, columns, privilege_type }) =>
      [table_name, columns, privilege_type].join(' '),
    );
    expect(found.toSorted()).toEqual(known.toSorted());
  });

  const rights = applicationRights.flatMap(({ table, privileges, columns }) =>
    privileges.map((privilege) => ({
      privilege,
      table,
      columns: columns === undefined ? '' : ` (${columns.join(', ')})`,
    })),
  );
  test.each(rights)('$privilege $columns of $table is missed', async ({ privilege, table, columns }) => {
    await administer('rights', `revoke ${privilege}${columns} on ${table} from postern_app`);
    expect(await followed('rights', addressOf('rights'))).toEqual([
      `The role "postern_app" lacks rights that migrations gave it. Next: say to the database, as an administrator: GRANT ${privilege}${columns} ON ${table} TO postern_app;`,
    ]);
  });

  test.each([
    ['USAGE ON SCHEMA drizzle'],
    ['SELECT ON drizzle.__drizzle_migrations'],
    ['EXECUTE ON FUNCTION remove_audit_events(integer)'],
  ])('%s is missed, by whoever starts a server', async (right) => {
    for (const user of [undefined, 'starter']) {
      await administer('rights', `revoke ${right} from postern_app`);
      expect(await followed('rights', addressOf('rights', user))).toEqual([
        `The role "postern_app" lacks rights that migrations gave it. Next: say to the database, as an administrator: GRANT ${right} TO postern_app;`,
      ]);
    }
  });
});

test('the role may make nothing beside the tables, where everybody might', async () => {
  await administer('postgres', 'create database open_to_all');
  await migrate(addressOf('open_to_all'));
  await administer('open_to_all', 'grant create on schema public to public');
  const problem = await problemOf(addressOf('open_to_all'));
  expect(problem).toBe(
    'The role "postern_app", as which servers work, may make functions beside the tables, as everybody may in databases from before PostgreSQL 15: whoever gets hold of it could have the owner run them. Next: say to the database, as an administrator: REVOKE CREATE ON SCHEMA public FROM PUBLIC, postern_app;',
  );
  await administer('open_to_all', 'revoke create on schema public from public, postern_app');
  expect(await problemOf(addressOf('open_to_all'))).toBeUndefined();
});

describe('beside newer tables', () => {
  beforeAll(async () => {
    await administer('postgres', 'create database newer');
    await migrate(addressOf('newer'));
    await administer(
      'newer',
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9000000000000)`,
    );
  });

  test('a server of an older version works, as long as they have all that it knows', async () => {
    await administer('newer', 'alter table store add column of_the_future text');
    expect(await problemOf(addressOf('newer'))).toBeUndefined();
  });

  test('and is refused by name where something was taken away', async () => {
    await administer('newer', 'update store set oldest_schema = 9000000000000');
    expect(await problemOf(addressOf('newer'))).toBe(
      'The tables in the database "newer" are those of a newer version, beside which this one cannot work. Next: start the newer version, or restore a backup of before it.',
    );
  });
});

test('a migration that has to wait for a table lets everybody else go on', async () => {
  await administer('postgres', 'create database busy');
  const url = addressOf('busy');
  await migrateUpTo(url, '0006_store-columns');
  const [reader, watcher] = [postgres(url, { max: 1 }), postgres(url, { max: 1 })];
  const backup = await reader.reserve();
  await backup.unsafe('begin; lock table store in access share mode');
  let isMigrated = false;
  const migrating = migrate(url).then(() => {
    isMigrated = true;
  });
  const waiting = () => watcher`select from pg_locks where not granted and locktype = 'relation'`;
  for (let times = 0; times < 2; times++) {
    await expect.poll(async () => (await waiting()).length, { timeout: 20_000, interval: 20 }).toBe(1);
    // It comes after the migration in the queue, and would wait as long as the backup takes.
    await watcher.unsafe('select from store');
    await expect.poll(async () => (await waiting()).length, { timeout: 20_000, interval: 20 }).toBe(0);
  }
  expect(isMigrated).toBe(false);
  await backup.unsafe('commit');
  backup.release();
  await migrating;
  expect(await problemOf(url)).toBeUndefined();
  await Promise.all([reader.end(), watcher.end()]);
});

test('after a restore into another PostgreSQL, what a backup does not hold is asked for', async () => {
  await administer('postgres', 'create database restored');
  await migrate(addressOf('restored'));
  const all = await administer('postgres', `select datname from pg_database where datname not like 'template%'`);
  for (const { datname } of all) await administer(datname, 'drop owned by postern_app cascade');
  await administer('postgres', 'drop role postern_app', `create role restorer login password 'hunter2'`);
  const said = [
    ...(await followed('restored', addressOf('restored'))),
    ...(await followed('restored', addressOf('restored', 'restorer'))),
  ];
  expect(said.map((sentence) => sentence.slice(0, 62))).toEqual([
    'The role "postern_app", as which servers work, is missing: it ',
    'The role "postern_app" lacks rights that migrations gave it. N',
    'The user "restorer" is no member of the role "postern_app", as',
  ]);
});
