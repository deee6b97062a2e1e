import { expect, test } from 'vitest';
import { openConnection } from '../../src/store/postgres/connect.ts';
import { databaseProblem } from '../../src/store/postgres/database-problem.ts';
import { useDatabase } from '../support/database.ts';
import { startForgetfulPooler } from '../support/forgetful-pooler.ts';
import { connectAsOwner } from '../support/owner-sql.ts';

const database = useDatabase();
const options = { statementTimeoutMs: 5000 };

const settings = [
  'role',
  'statement_timeout',
  'idle_in_transaction_session_timeout',
  'plan_cache_mode',
  'jit',
  'enable_seqscan',
  'enable_hashjoin',
  'enable_mergejoin',
  'enable_bitmapscan',
];

test.each(settings)(
  'a session that has not taken over %s is not used, and the sentence says how it would',
  async (name) => {
    await using pooler = await startForgetfulPooler(database(), [name]);
    const failure: unknown = await openConnection(pooler.url, options).catch((error: unknown) => error);
    const sentence = databaseProblem(failure) ?? '';
    expect(sentence).toContain(`has not taken over "${name}"`);
    const [order = ''] = /ALTER ROLE "\w+" SET \w+ = '\w+';/.exec(sentence) ?? [];
    const owner = connectAsOwner(database(), 1);
    const { pathname } = new URL(database());
    await owner.unsafe(order.replace(' SET ', ` IN DATABASE "${pathname.slice(1)}" SET `));
    const connection = await openConnection(pooler.url, options);
    await connection.close();
    await owner.unsafe(`alter role current_user in database "${pathname.slice(1)}" reset all`);
    await owner.end();
  },
);

test('all that was left out is named at once', async () => {
  await using pooler = await startForgetfulPooler(database(), settings);
  await expect(openConnection(pooler.url, options)).rejects.toThrow(
    `has not taken over ${[...settings.slice(1), 'role'].map((name) => `"${name}"`).join(', ')}: a connection pooler`,
  );
});

test('a user of the database who looks elsewhere for tables is told where they are', async () => {
  const owner = connectAsOwner(database(), 1);
  const name = new URL(database()).pathname.slice(1);
  await owner.unsafe(
    `create schema elsewhere; alter role current_user in database "${name}" set search_path = elsewhere`,
  );
  const connection = await openConnection(database(), options);
  const [row] = await connection.sql<{ path: string }[]>`select current_setting('search_path') as path`;
  expect(row?.path).toBe('public');
  await connection.close();
  await using pooler = await startForgetfulPooler(database(), ['search_path']);
  await expect(openConnection(pooler.url, options)).rejects.toThrow('has not taken over "search_path"');
  await owner.end();
});

test('an address may say where the tables are, and no other role', async () => {
  const connection = await openConnection(`${database()}?search_path=pg_catalog&role=postern&jit=on`, options);
  const [row] =
    await connection.sql`select current_user::text as role, current_setting('search_path') as path, current_setting('jit') as jit`;
  expect(row).toEqual({ role: 'postern_app', path: 'pg_catalog', jit: 'off' });
  await connection.close();
});

test.each(['read-write', 'primary', 'any'])(
  'with target_session_attrs=%s, a lost connection is an error and nothing else',
  async (attributes) => {
    const connection = await openConnection(
      `${database()}?target_session_attrs=${attributes}&application_name=x`,
      options,
    );
    const [row] = await connection.sql`select current_setting('application_name') as name`;
    expect(row).toEqual({ name: 'postern' });
    const lost = connection.orLost(connection.sql`select pg_sleep(10)`);
    connection.destroy();
    await expect(lost).rejects.toThrow('was lost');
  },
);

test('where an address asks for a server that takes writes, one that is told to take none is not used', async () => {
  const owner = connectAsOwner(database(), 1);
  const name = new URL(database()).pathname.slice(1);
  await owner.unsafe(`alter database "${name}" set default_transaction_read_only = on`);
  await expect(openConnection(`${database()}?target_session_attrs=read-write`, options)).rejects.toThrow(
    'takes no writes',
  );
  await (await openConnection(database(), options)).close();
  await owner.unsafe(`set transaction_read_only = off; alter database "${name}" reset default_transaction_read_only`);
  await owner.end();
});
