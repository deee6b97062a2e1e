import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extendGrant } from '../../src/operations/roles/extend-grant.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { outcomesOf } from '../support/decide.ts';
import { notYet } from '../support/firm.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, relationship } from '../support/parse.ts';
import { activate, operator, publish, useReplica, write } from '../support/postern.ts';

/** Servers that do not know beginnings find no model from the first of them on: docs/decisions/0023-beginnings.md. */
const databaseUrl = useDatabase();
const postern = useReplica(databaseUrl);
let sql: Sql;
let first: number;

beforeAll(async () => {
  sql = connectAsOwner(databaseUrl(), 1);
  first = await publish(postern(), dsl({ user: {}, doc: { viewer: '[user]', can_view: 'viewer' } }));
  await write(postern(), ['doc:1#viewer@user:ann']);
});

afterAll(() => sql.end());

async function state() {
  const [row] = await sql`select active_model, guarded_model, deciding_model, oldest_schema from store`;
  return row;
}

const madeAt = JSON.parse(readFileSync('drizzle/meta/_journal.json', 'utf8')).entries.find(
  ({ tag }: { readonly tag: string }) => tag === '0013_beginnings',
).when;

test('a store without beginnings is for servers of every version', async () => {
  await write(postern(), [relationship('doc:ends#viewer@user:ann', { expiresAt: notYet })]);
  expect(await state()).toEqual({ active_model: first, guarded_model: null, deciding_model: first, oldest_schema: 0 });
});

test('a write with a beginning that is refused leaves it so', async () => {
  const input = { relationship: relationship('doc:none#viewer@user:ann'), startsAt: notYet, expiresAt: undefined };
  const rest = { condition: undefined, reason: undefined, idempotency: undefined };
  expect(await extendGrant(postern(), operator, { ...input, ...rest })).toMatchObject({ ok: false });
  const twice = [relationship('doc:2#viewer@user:ann', { startsAt: notYet }), 'doc:1#viewer@user:ann'];
  await expect(write(postern(), twice)).rejects.toThrow('exists already');
  expect(await state()).toMatchObject({ active_model: first, oldest_schema: 0 });
});

test('the first one puts the model where older servers do not look, and goes on deciding', async () => {
  await write(postern(), [relationship('doc:2#viewer@user:ann', { startsAt: notYet })]);
  const guarded = { active_model: null, guarded_model: first, deciding_model: first, oldest_schema: madeAt };
  expect(await state()).toEqual(guarded);
  expect(await outcomesOf(postern().store.reader, 'doc:1#can_view@user:ann', 'doc:2#can_view@user:ann')).toEqual([
    'allowed',
    'denied',
  ]);
  await write(postern(), [], ['doc:2#viewer@user:ann']);
  expect(await state()).toEqual(guarded);
});

test('a server of before cannot make a model decide', async () => {
  const asServer = sql.begin(async (inside) => {
    await inside`set local role postern_app`;
    await inside`update store set active_model = ${first}`;
  });
  await expect(asServer).rejects.toThrow('store_model_is_guarded');
});

test('models are published and rolled back as before', async () => {
  const second = await publish(
    postern(),
    dsl({ user: {}, doc: { viewer: '[user]', can_view: 'viewer', can_edit: 'viewer' } }),
  );
  expect(await state()).toMatchObject({ active_model: null, guarded_model: second, deciding_model: second });
  expect(await outcomesOf(postern().store.reader, 'doc:1#can_edit@user:ann')).toEqual(['allowed']);
  await activate(postern(), first);
  expect(await state()).toMatchObject({ active_model: null, guarded_model: first, deciding_model: first });
  expect((await postern().store.readModel(undefined))?.id).toBe(first);
});
