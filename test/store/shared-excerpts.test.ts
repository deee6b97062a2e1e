import { afterAll, beforeAll, expect, test } from 'vitest';
import { check } from '../../src/engine/check/check.ts';
import { checkAtOnce } from '../../src/engine/check/check-at-once.ts';
import type { ConditionName } from '../../src/model/names.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, check as parseCheck } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const statements: string[] = [];
const postern = usePostern(database, { onStatement: (text) => statements.push(text) });
const text = `${dsl({
  user: {},
  team: { member: '[user, team#member]' },
  club: { member: '[user]' },
  folder: { owner: '[user, team#member]' },
  doc: {
    parent: '[folder]',
    viewer: '[user, user with watched, club#member]',
    banned: '[user]',
    reader: '(viewer or owner from parent) but not banned',
  },
})}
condition watched(x: int) {
  x > 0
}
`;
const isWatched = (name: ConditionName) => name === 'watched';
let owner: Sql;

beforeAll(async () => {
  owner = connectAsOwner(database());
  await publish(postern(), text);
  const people = Array.from({ length: 20 }, (_, index) => index);
  await write(postern(), [
    ...people.flatMap((one) => [`team:t${one % 3}#member@user:u${one}`, `doc:d${one}#parent@folder:f${one % 4}`]),
    ...people.filter((one) => one % 5 === 0).map((one) => `doc:d${one}#banned@user:u${one}`),
    'team:all#member@team:t1#member',
    'folder:f0#owner@team:all#member',
    'folder:f1#owner@team:t2#member',
    'doc:d3#viewer@user:u3',
  ]);
  // What is active is known from a snapshot before.
  await postern().store.reader.withSnapshot([], async () => undefined);
});

afterAll(() => owner.end());

async function atOnce(one: string): Promise<string | undefined> {
  const request = { checks: [parseCheck(one)], contextual: [] };
  const answer = await checkAtOnce(postern().store.checkReader(1), () => request, { isWatched });
  return answer?.decisions.map(outcomeOf)[0];
}

async function inLevels(one: string): Promise<string | undefined> {
  const { decisions } = await check(postern().store.reader, { checks: [parseCheck(one)], contextual: [] });
  return decisions.map(outcomeOf)[0];
}

const questions = Array.from({ length: 60 }, (_, index) => {
  return `doc:d${(index * 7) % 20}#${index % 4 === 0 ? 'viewer' : 'reader'}@user:u${index % 20}`;
});

async function answered(asked: readonly string[]) {
  const expected: (string | undefined)[] = [];
  for (const one of asked) expected.push(await inLevels(one));
  return expected;
}

test('questions that come together share statements, and each is answered as if it were alone', async () => {
  const expected = await answered(questions);
  expect(new Set(expected)).toEqual(new Set(['allowed', 'denied']));
  statements.length = 0;
  expect(await Promise.all(questions.map(atOnce))).toEqual(expected);
  expect(statements.length).toBeLessThan(questions.length / 3);
});

test('a question with too much of its own is not answered at once, and the others are', async () => {
  await owner.unsafe(`
    with club as (
      insert into object (type, name)
      select number, 'c' || n from term, generate_series(1, 5010) n where kind = 'type' and name = 'club'
      returning id
    )
    insert into relationship (object, relation, subject, subject_type, revision)
    select club.id, relation.number, person.id, person.type, 1
    from club
    join term relation on relation.kind = 'relation' and relation.name = 'member'
    join object person on person.name = 'u19'`);
  const expected = (await answered(questions)).map((one, index) => (index % 20 === 19 ? undefined : one));
  expect(await Promise.all(questions.map(atOnce))).toEqual(expected);
});

test('a condition that somebody watches stands in the way of its own question alone', async () => {
  const watched = 'doc:d1#viewer@user:u2';
  await owner.unsafe(`
    insert into relationship (object, relation, subject, subject_type, condition, revision)
    select doc.id, relation.number, person.id, person.type, condition.number, 1
    from object doc, object person, term relation, term condition
    where doc.name = 'd1' and person.name = 'u2' and relation.kind = 'relation' and relation.name = 'viewer'
      and condition.kind = 'condition' and condition.name = 'watched'`);
  const others = questions.filter((one) => !one.includes('u19') && !one.includes('d1#'));
  const expected = await answered(others);
  // The first ones are on their way before there is anything to share.
  const place = 5;
  const found = await Promise.all(others.toSpliced(place, 0, watched).map(atOnce));
  expect(found).toEqual(expected.toSpliced(place, 0, undefined));
});

test('where the statement fails, every question fails, and none is denied', async () => {
  await owner.unsafe('alter table relationship rename to moved');
  const settled = await Promise.allSettled(questions.slice(0, 18).map(atOnce));
  await owner.unsafe('alter table moved rename to relationship');
  expect(new Set(settled.map(({ status }) => status))).toEqual(new Set(['rejected']));
  expect(await atOnce('doc:d3#viewer@user:u3')).toBe('allowed');
});
