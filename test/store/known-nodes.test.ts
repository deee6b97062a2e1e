import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkAtOnce } from '../../src/engine/check/check-at-once.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, check as parseCheck } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const statements: string[] = [];
const postern = usePostern(database, { onStatement: (text) => statements.push(text) });
let owner: Sql;

beforeAll(async () => {
  owner = connectAsOwner(database());
  await publish(
    postern(),
    dsl({ user: {}, doc: { viewer: '[user]', banned: '[user]', reader: 'viewer but not banned' } }),
  );
  await write(postern(), ['doc:1#viewer@user:ann', 'doc:2#viewer@user:bea', 'doc:2#banned@user:ann']);
  // What is active is known from a snapshot before.
  await postern().store.reader.withSnapshot([], async () => undefined);
});

afterAll(() => owner.end());

async function atOnce(...checks: readonly string[]): Promise<readonly string[] | undefined> {
  const request = { checks: checks.map((one) => parseCheck(one)), contextual: [] };
  const answer = await checkAtOnce(postern().store.reader, () => request, { isWatched: () => false });
  return answer?.decisions.map(outcomeOf);
}

/** How many statements, and how many of them look for names. */
async function counted(ask: () => Promise<unknown>): Promise<readonly [all: number, byName: number]> {
  statements.length = 0;
  await ask();
  return [statements.length, statements.filter((text) => text.includes('from object')).length];
}

const checks = ['doc:1#reader@user:ann', 'doc:2#reader@user:bea', 'doc:2#reader@user:ann'];
const answers = ['allowed', 'allowed', 'denied'];

test('names are looked up once', async () => {
  expect(await atOnce(...checks)).toEqual(answers);
  expect(await counted(() => atOnce(...checks))).toEqual([1, 0]);
  await write(postern(), ['doc:3#viewer@user:ann']);
  expect(await counted(() => atOnce(...checks))).toEqual([1, 0]);
});

test('an object that nobody knew is looked for again each time, and found when it is there', async () => {
  expect(await atOnce('doc:new#reader@user:ann')).toEqual(['denied']);
  expect(await counted(() => atOnce('doc:new#reader@user:ann'))).toEqual([1, 1]);
  await write(postern(), ['doc:new#viewer@user:ann']);
  expect(await atOnce('doc:new#reader@user:ann')).toEqual(['allowed']);
});

test.each([
  ['has another event in the place of the last one', `update store set audit_head = 'other'`],
  ['has fewer events', `update store set audit_length = 1, audit_head = 'first'`],
  ['is another store', 'update store set identity = gen_random_uuid()'],
])('in a database that %s, names are looked up again', async (_what, change) => {
  expect(await atOnce(...checks)).toEqual(answers);
  // As a database that was restored to an earlier day, and in which the same numbers were given to others.
  await owner.unsafe(
    `update object set name = case name when 'ann' then 'x' when 'bea' then 'ann' end where name in ('ann', 'bea')`,
  );
  await owner.unsafe(`update object set name = 'bea' where name = 'x'`);
  if (change.includes('audit_length'))
    await owner.unsafe(
      'alter table audit_event disable trigger user; delete from audit_event where id > 1; alter table audit_event enable trigger user',
    );
  await owner.unsafe(change);
  expect(await atOnce(...checks)).toEqual(['denied', 'denied', 'allowed']);
  await owner.unsafe(
    `update object set name = case name when 'ann' then 'x' when 'bea' then 'ann' end where name in ('ann', 'bea')`,
  );
  await owner.unsafe(`update object set name = 'bea' where name = 'x'`);
  await owner.unsafe(`update store set identity = gen_random_uuid()`);
});
