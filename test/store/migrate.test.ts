import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../../src/store/postgres/migrate.ts';
import '../support/global-setup.ts';

let admin: postgres.Sql;
const made: string[] = [];

beforeAll(() => {
  admin = postgres(inject('testPostgres').adminUrl, { max: 1, onnotice: () => undefined });
});

afterAll(async () => {
  for (const name of made) await admin`drop database if exists ${admin(name)} with (force)`;
  await admin.end();
});

/** A database without a single table, unlike those that tests usually get. */
async function createEmptyDatabase(): Promise<string> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`;
  await admin`create database ${admin(name)}`;
  made.push(name);
  const url = new URL(inject('testPostgres').adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function read(url: string) {
  const sql = postgres(url, { max: 1 });
  const tables = await sql`select table_name from information_schema.tables where table_schema = 'public' order by 1`;
  const migrations = await sql`select hash from drizzle.__drizzle_migrations order by id`;
  const [store] =
    await sql`select count(*)::int4 as rows, min(identity::text) as identity, max(revision)::int4 as revision from store`;
  await sql.end();
  return { tables: tables.map(({ table_name }) => table_name), migrations: migrations.map(({ hash }) => hash), store };
}

test.each([1, 2, 3, 4, 5])('four servers that start at once migrate an empty database once (%j)', async () => {
  const url = await createEmptyDatabase();
  await Promise.all(Array.from({ length: 4 }, () => migrate(url)));
  const first = await read(url);
  expect(first.store).toMatchObject({ rows: 1, revision: 0 });
  expect(first.tables).toEqual([
    'audit_anchor',
    'audit_event',
    'audit_mention',
    'change',
    'grant_use',
    'idempotency',
    'model',
    'object',
    'proposal',
    'relationship',
    'store',
    'subject_use',
    'term',
    'use_server',
  ]);
  expect(new Set(first.migrations).size).toBe(first.migrations.length);
  await Promise.all(Array.from({ length: 4 }, () => migrate(url)));
  expect(await read(url)).toEqual(first);
});

test('each database has an identity of its own', async () => {
  const urls = [await createEmptyDatabase(), await createEmptyDatabase()];
  const identities: unknown[] = [];
  for (const url of urls) {
    await migrate(url);
    identities.push((await read(url)).store?.identity);
  }
  expect(new Set(identities).size).toBe(2);
});
