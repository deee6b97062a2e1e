import { afterAll, beforeAll, expect, test } from 'vitest';
import { check } from '../../src/engine/check/check.ts';
import { checkAtOnce } from '../../src/engine/check/check-at-once.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { UnreadableModel } from '../../src/store/unreadable-model.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, check as parseCheck } from '../support/parse.ts';
import { activate, publish, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
const text = dsl({
  user: {},
  bot: {},
  team: { member: '[user, bot]' },
  club: { member: '[user]' },
  doc: { viewer: '[user, bot, team#member]', editor: '[user]' },
});
let owner: Sql;
let usable: number;

beforeAll(async () => {
  owner = connectAsOwner(database());
  usable = await publish(postern(), text);
});

afterAll(() => owner.end());

async function atOnce(...checks: readonly string[]): Promise<readonly string[] | undefined> {
  const request = { checks: checks.map((one) => parseCheck(one)), contextual: [] };
  const answer = await checkAtOnce(postern().store.reader, () => request, { isWatched: () => false });
  return answer?.decisions.map(outcomeOf);
}

async function inLevels(...checks: readonly string[]): Promise<readonly string[]> {
  const request = { checks: checks.map((one) => parseCheck(one)), contextual: [] };
  return (await check(postern().store.reader, request)).decisions.map(outcomeOf);
}

test('a model that could not be used is forgotten as soon as another one is active, also where only checks are asked', async () => {
  await write(postern(), ['doc:1#viewer@user:ann']);
  const viewer = 'doc:1#viewer@user:ann';
  await inLevels(viewer);
  expect(await atOnce(viewer)).toEqual(['allowed']);
  const [bad] = await owner<
    { id: number }[]
  >`insert into model (dsl) values ('model\n  schema 1.1\ntype x\n  relations\n    define a: b\n') returning id`;
  await owner`update store set active_model = ${bad?.id ?? 0}`;
  expect(await atOnce(viewer)).toBeUndefined();
  await expect(inLevels(viewer)).rejects.toThrow(UnreadableModel);
  await owner`update store set active_model = ${usable}`;
  expect((await atOnce(viewer)) ?? (await inLevels(viewer))).toEqual(['allowed']);
  expect(await atOnce(viewer)).toEqual(['allowed']);
});

test('what type stands beside a subject that was written by hand is judged alike', async () => {
  await activate(postern(), usable);
  await write(postern(), ['doc:2#viewer@user:ann', 'doc:2#editor@user:ann']);
  const bot = "select number from term where kind = 'type' and name = 'bot'";
  await owner.unsafe(
    `update relationship set subject_type = (${bot}) where object = (select id from object where name = '2')`,
  );
  const checks = ['doc:2#viewer@user:ann', 'doc:2#editor@user:ann'];
  expect(await inLevels(...checks)).toEqual(['allowed', 'denied']);
  expect(await atOnce(...checks)).toEqual(['allowed', 'denied']);
});

test.each([
  [4990, 'at once'],
  [5010, 'in levels'],
])('somebody who is in %j clubs beside a team is answered %s', async (count, way) => {
  const user = `user:c${count}`;
  await write(postern(), [
    `team:t${count}#member@${user}`,
    `doc:3#viewer@team:t${count}#member`,
    `doc:4#editor@${user}`,
  ]);
  await owner.unsafe(`
    with club as (
      insert into object (type, name)
      select number, '${count}-' || n from term, generate_series(1, ${count}) n where kind = 'type' and name = 'club'
      returning id
    )
    insert into relationship (object, relation, subject, subject_type, revision)
    select club.id, relation.number, person.id, person.type, 1
    from club
    join term relation on relation.kind = 'relation' and relation.name = 'member'
    join object person on person.name = 'c${count}'`);
  const checks = [`doc:3#viewer@${user}`, `doc:4#viewer@${user}`];
  expect(await inLevels(...checks)).toEqual(['allowed', 'denied']);
  expect(await atOnce(...checks)).toEqual(way === 'at once' ? ['allowed', 'denied'] : undefined);
});
