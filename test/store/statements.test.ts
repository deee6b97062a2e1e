import { beforeAll, expect, test } from 'vitest';
import { type Check, check } from '../../src/engine/check/check.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { dsl, check as parseCheck } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';

const statements: string[] = [];
const postern = usePostern(useDatabase(), { onStatement: (text) => statements.push(text) });

/** Tracks in albums of a label, which a team edits: four levels of model and three teams in each other. */
const music = dsl({
  user: {},
  team: { member: '[user, team#member]' },
  label: { editor: '[team#member]' },
  album: { label: '[label]', editor: '[user] or editor from label' },
  track: {
    album: '[album]',
    editor: '[user] or editor from album',
    blocked: '[user]',
    can_edit: 'editor but not blocked',
    can_publish: 'can_edit and editor',
  },
});

/** Every fifth track is barred for `user:ann`. */
const isBlocked = (track: number) => track % 5 === 4;

const tracks = Array.from({ length: 500 }, (_, index) => `track:${index}`);

beforeAll(async () => {
  await publish(postern(), music);
  await write(postern(), [
    ...['team:band#member@user:ann', 'team:artists#member@team:band#member', 'team:all#member@team:artists#member'],
    'label:1#editor@team:all#member',
    ...Array.from({ length: 50 }, (_, index) => `album:${index}#label@label:1`),
    ...tracks.map((track, index) => `${track}#album@album:${index % 50}`),
    ...tracks.filter((_, index) => isBlocked(index)).map((track) => `${track}#blocked@user:ann`),
  ]);
});

/** The statements of one call, without the two around them, which are compared by themselves. */
async function countFor(checks: readonly Check[]) {
  statements.length = 0;
  const { decisions } = await check(postern().store.reader, { checks, contextual: [] });
  const [begin, ...rest] = statements;
  return { begin, commit: rest.at(-1), between: rest.length - 1, outcomes: decisions.map(outcomeOf) };
}

/** Half of them is about what the first half is computed from. */
function checksOf(count: number, user: string): readonly Check[] {
  const asked = tracks.flatMap((track) => [`${track}#can_edit@${user}`, `${track}#can_publish@${user}`]);
  return asked.slice(0, count).map((text) => parseCheck(text));
}

test.each<[user: string, between: number]>([
  ['user:ann', 7],
  ['user:eve', 7],
  ['user:nobody-knows', 7],
])('the checks of %s need %j statements, whether there are 1, 10, 100 or 1,000 of them', async (user, between) => {
  await countFor(checksOf(1, user));
  for (const count of [1, 10, 100, 1000]) {
    const { outcomes, ...counted } = await countFor(checksOf(count, user));
    expect({ count, ...counted }).toEqual({
      count,
      begin: 'begin isolation level repeatable read read only',
      commit: 'commit',
      between,
    });
    const expected = Array.from({ length: count }, (_, index) =>
      user === 'user:ann' && !isBlocked(Math.floor(index / 2)) ? 'allowed' : 'denied',
    );
    expect(outcomes).toEqual(expected);
  }
});

test('subjects and contexts add no statement', async () => {
  const users = Array.from({ length: 100 }, (_, index) => `user:${index === 0 ? 'ann' : index}`);
  const checks = users.map((user, index) => parseCheck(`track:1#can_edit@${user}`, { index }));
  expect((await countFor(checks)).between).toBe(7);
});

test('a check that is decided early needs fewer, one that nothing can allow only the first', async () => {
  expect((await countFor([parseCheck('track:4#can_edit@user:ann')])).between).toBe(2);
  expect((await countFor([parseCheck('track:0#can_edit@label:1')])).between).toBe(1);
});
