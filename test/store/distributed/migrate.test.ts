import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NotEverywhere } from '../../../src/store/postgres/distributed/shard-revisions.ts';
import { UnpreparedDatabase } from '../../../src/store/postgres/inspect-database.ts';
import { migrate } from '../../../src/store/postgres/migrate.ts';
import { openStore, type PostgresStore } from '../../../src/store/postgres/open-store.ts';
import type { Sql } from '../../../src/store/postgres/sql.ts';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts';
import { localParser } from '../../support/local-parser.ts';
import { connectAsOwner } from '../../support/owner-sql.ts';
import { dsl, object } from '../../support/parse.ts';
import { playCitusCatalog } from '../../support/play-citus-catalog.ts';
import { publish, write } from '../../support/postern.ts';

/** How tables are shared out, by what a catalog says that one server plays. */

let database: TestDatabase;
let owner: Sql;
let store: PostgresStore;

beforeAll(async () => {
  database = await createEmptyDatabase();
  await playCitusCatalog(database.url);
  owner = connectAsOwner(database.url, 1);
});

afterAll(async () => {
  await store?.close();
  await owner.unsafe('alter role postern_app nologin');
  await owner.end();
  await database.drop();
});

const shareOut = () => migrate(database.url, undefined, true);
const posternOf = () => ({ store, platform: object('platform:main'), report: () => {} });

test('that Citus is installed changes nothing, until somebody says so while no server runs', async () => {
  expect(await migrate(database.url)).toMatchObject({ dialect: 'postgres', done: [] });
  const plain = openStore(database.url, { connections: 2, statementTimeoutMs: 10_000 }, localParser);
  expect((await plain.readRelationships({}, 10, undefined)).relationships).toEqual([]);
  await expect(shareOut()).rejects.toThrow('stop all servers');
  expect(await owner`select from pg_dist_partition`).toHaveLength(0);
  expect(await owner`select from pg_roles where rolname = 'postern_app' and rolcanlogin`).toHaveLength(0);
  await plain.close();
  const sessions = () =>
    owner`select from pg_stat_activity where datname = current_database() and application_name = 'postern'`;
  await expect.poll(sessions).toHaveLength(0);
});

test('a coordinator has its tables shared out once, and says so', async () => {
  const first = await shareOut();
  expect(first).toMatchObject({ dialect: 'citus' });
  expect(first.done).toEqual(
    expect.arrayContaining([
      'Every server plans for the role "postern_app" as this one does.',
      'Every server has a copy of "object".',
      'The table "relationship" is shared out by "object".',
      'Each shard has its revision.',
    ]),
  );
  expect((await shareOut()).done).toEqual([]);
  expect(await owner`select count(*)::int4 as shards, max(revision) as revision from shard_revision`).toEqual([
    { shards: 4, revision: 0 },
  ]);
  store = openStore(database.url, { dialect: 'citus', connections: 2, statementTimeoutMs: 10_000 }, localParser);
  await publish(posternOf(), dsl({ user: {}, doc: { owner: '[user]' } }));
  const { revision } = await write(posternOf(), ['doc:1#owner@user:ann']);
  expect(await owner`select distinct revision from shard_revision`).toEqual([{ revision }]);
  expect((await store.readRelationships({}, 10, undefined)).relationships).toHaveLength(1);
});

test('shards that were split are not read from before they say what they have', async () => {
  await owner`insert into pg_dist_shard select 'relationship'::regclass, 104 + place from generate_series(0, 3) place`;
  await expect(store.readRelationships({}, 10, undefined)).rejects.toBeInstanceOf(NotEverywhere);
  expect((await shareOut()).done).toEqual([]);
  expect((await store.readRelationships({}, 10, undefined)).relationships).toHaveLength(1);
});

test('shards that were put together have one row each afterwards', async () => {
  await owner`delete from pg_dist_shard where logicalrelid = 'relationship'::regclass and shardid > 101`;
  await expect(store.readRelationships({}, 10, undefined)).rejects.toBeInstanceOf(NotEverywhere);
  expect((await shareOut()).done).toEqual([]);
  expect(await owner`select count(*)::int4 as rows from shard_revision`).toEqual([{ rows: 2 }]);
  expect((await store.readRelationships({}, 10, undefined)).relationships).toHaveLength(1);
});

test('the coordinator must have the names of objects itself', async () => {
  await owner`delete from pg_dist_placement where groupid = 0`;
  for (const way of [() => migrate(database.url), shareOut])
    await expect(way()).rejects.toThrow('citus_set_coordinator_host');
  await owner`insert into pg_dist_placement values (50, 0)`;
  expect(await migrate(database.url)).toMatchObject({ dialect: 'citus', done: [] });
});

test('a shard that has lost a commit is not said to have it', async () => {
  await owner`update shard_revision set revision = revision - 1 where slot = (select min(slot) from shard_revision)`;
  await expect(shareOut()).rejects.toBeInstanceOf(NotEverywhere);
  await owner`update shard_revision set revision = (select revision from store)`;
});

test('whoever does not own the tables starts where they are shared out, and hears it where they are not', async () => {
  const member = `member_${randomUUID().replaceAll('-', '')}`;
  const password = randomUUID();
  await owner.unsafe(`create role ${member} login password '${password}' in role postern_app`);
  const url = Object.assign(new URL(database.url), { username: member, password }).href;
  expect(await migrate(url)).toMatchObject({ dialect: 'citus', done: [] });
  await owner`delete from pg_dist_partition where logicalrelid = 'object'::regclass`;
  await expect(migrate(url)).rejects.toThrow('"npm run postern -- migrate --share-out"');
  await owner`insert into pg_dist_partition values ('object'::regclass, 'n', null, 1, 't')`;
  const inDatabase = `alter role postern_app in database "${new URL(database.url).pathname.slice(1)}"`;
  await owner.unsafe(`${inDatabase} reset enable_seqscan`);
  await expect(migrate(url)).rejects.toThrow('"npm run postern -- migrate --share-out"');
  await owner.unsafe(`${inDatabase} set enable_seqscan = 'off'`);
  expect(await migrate(url)).toMatchObject({ dialect: 'citus', done: [] });
  await owner.unsafe(`drop role ${member}`);
});

test('a table that is shared out otherwise is left as it is', async () => {
  await owner`update pg_dist_partition set partkey = 'subject' where logicalrelid = 'relationship'::regclass`;
  await expect(shareOut()).rejects.toThrow(UnpreparedDatabase);
  await expect(shareOut()).rejects.toThrow('"relationship" is shared out by "subject"');
  await owner`update pg_dist_partition set partkey = 'object' where logicalrelid = 'relationship'::regclass`;
});

test('a worker is no place to work on', async () => {
  await owner.unsafe(
    `create or replace function pg_catalog.citus_is_coordinator() returns boolean language sql as 'select false'`,
  );
  await expect(shareOut()).rejects.toThrow('a worker of Citus');
});
