import { expect, test } from 'vitest';
import { check } from '../../src/engine/check/check.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore } from '../support/open-store.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl, check as parseCheck, relationship } from '../support/parse.ts';
import { activate, publish, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);

const versions = {
  users: dsl({ user: {}, doc: { viewer: '[user]', editor: '[user]' } }),
  bots: dsl({ user: {}, bot: {}, doc: { viewer: '[bot]', editor: '[user]' } }),
  wildcards: dsl({ user: {}, doc: { viewer: '[user:*]', editor: '[user]' } }),
  conditional: dsl({ user: {}, doc: { viewer: '[user with late]' } }, { late: '(hour: int) {\n  hour > 17\n}' }),
  computed: dsl({ user: {}, doc: { viewer: 'editor', editor: '[user]' } }),
  renamed: dsl({ user: {}, doc: { reader: '[user]' } }),
  without: dsl({ user: {}, page: { viewer: '[user]' } }),
  teams: dsl({ user: {}, team: { lead: '[user]' }, doc: { viewer: '[user, team#lead]', editor: '[user]' } }),
};

const viewer = 'doc:1#viewer@user:ann';

async function ask(text: string, modelId?: number): Promise<string> {
  const request = { checks: [parseCheck(text)], contextual: [] };
  const reader = postern().store.reader;
  const { decisions } = await check(
    { withSnapshot: (objects, use) => reader.withSnapshot(objects, use, { modelId }) },
    request,
  );
  return outcomeOf(decisions[0]);
}

async function stored(): Promise<readonly string[]> {
  const page = await postern().store.readRelationships({}, 100, undefined);
  return page.relationships.map((one) => formatRelationship(one.relationship)).toSorted();
}

test.each<[version: keyof typeof versions, outcome: string]>([
  ['bots', 'denied'],
  ['wildcards', 'denied'],
  ['conditional', 'denied'],
  ['computed', 'denied'],
  ['renamed', 'UNKNOWN_RELATION'],
  ['without', 'UNKNOWN_TYPE'],
  ['teams', 'allowed'],
])('the model "%s" leaves what is stored %s, and a roll-back brings it back', async (version, outcome) => {
  const users = await publish(postern(), versions.users);
  await write(postern(), [viewer]);
  expect(await ask(viewer)).toBe('allowed');
  const other = await publish(postern(), versions[version]);
  expect([await ask(viewer), await ask(viewer, users), await ask(viewer, other)]).toEqual([
    outcome,
    'allowed',
    outcome,
  ]);
  expect(await stored()).toEqual([viewer]);
  await activate(postern(), users);
  expect([await ask(viewer), await ask(viewer, other)]).toEqual(['allowed', outcome]);
  await write(postern(), [], [viewer]);
});

test.each<[version: keyof typeof versions]>([['bots'], ['computed'], ['renamed'], ['without']])(
  'what the model "%s" does not know any more can be deleted',
  async (version) => {
    const users = await publish(postern(), versions.users);
    await write(postern(), [viewer, 'doc:1#editor@user:ann']);
    await publish(postern(), versions[version]);
    await write(postern(), [], [viewer]);
    expect(await stored()).toEqual(['doc:1#editor@user:ann']);
    await activate(postern(), users);
    expect([await ask(viewer), await ask('doc:1#editor@user:ann')]).toEqual(['denied', 'allowed']);
    await write(postern(), [], ['doc:1#editor@user:ann']);
  },
);

test('a model that is older than a name ignores what is stored under it', async () => {
  const users = await publish(postern(), versions.users);
  expect(await ask(viewer, users)).toBe('denied');
  const teams = await publish(postern(), versions.teams);
  const written = [viewer, 'doc:1#viewer@team:a#lead', 'team:a#lead@user:ben', 'doc:1#editor@user:cleo'];
  await write(postern(), written);
  const both = async (text: string) => [await ask(text, users), await ask(text, teams)];
  expect(await both('doc:1#viewer@user:ben')).toEqual(['denied', 'allowed']);
  expect(await both(viewer)).toEqual(['allowed', 'allowed']);
  expect(await both('doc:1#viewer@team:a#lead')).toEqual(['UNKNOWN_TYPE', 'allowed']);
  await activate(postern(), users);
  expect(await ask('doc:1#viewer@user:ben')).toBe('denied');
  await write(postern(), [], written);
});

test('servers agree on the model at once', async () => {
  await publish(postern(), versions.users);
  await write(postern(), [viewer]);
  const second = openStore(database(), { connections: 2, statementTimeoutMs: 10_000 }, localParser);
  const askSecond = async () => {
    const { decisions } = await check(second.reader, { checks: [parseCheck(viewer)], contextual: [] });
    return outcomeOf(decisions[0]);
  };
  const outcomes: string[] = [await askSecond()];
  for (const version of ['bots', 'users', 'wildcards', 'users'] as const) {
    await publish(postern(), versions[version]);
    outcomes.push(await askSecond());
  }
  await second.close();
  expect(outcomes).toEqual(['allowed', 'denied', 'allowed', 'denied', 'allowed']);
});

test('more models than are kept in memory', async () => {
  await activate(postern(), await publish(postern(), versions.users));
  await write(postern(), [], await stored());
  await write(postern(), [viewer]);
  const ids: number[] = [];
  for (let index = 0; index < 20; index++) {
    ids.push(await publish(postern(), index % 2 === 0 ? versions.users : versions.bots));
  }
  for (const [index, id] of [...ids, ...ids].entries()) {
    expect([id, await ask(viewer, id)]).toEqual([id, index % 2 === 0 ? 'allowed' : 'denied']);
  }
});

test('a model with a condition that is refused by now goes on deciding, but not by that', async () => {
  const types = { user: {}, doc: { viewer: '[user with late]', editor: '[user]' } };
  const id = await publish(postern(), dsl(types, { late: '(hour: int) {\n  hour > 17\n}' }));
  const late = relationship('doc:9#viewer@user:ann', { condition: ['late', { hour: 18 }] });
  await write(postern(), [late, 'doc:9#editor@user:bea']);
  const owner = connectAsOwner(database());
  await owner`update model set dsl = replace(dsl, 'hour > 17', 'hour > "17"') where id = ${id}`;
  await owner.end();
  const second = openStore(database(), { connections: 2, statementTimeoutMs: 10_000 }, localParser);
  const checks = [parseCheck('doc:9#viewer@user:ann'), parseCheck('doc:9#editor@user:bea')];
  const { decisions } = await check(second.reader, { checks, contextual: [] });
  await second.close();
  expect(decisions.map(outcomeOf)).toEqual(['CONDITION_FAILED', 'allowed']);
});

test('a model that does not exist answers nothing', async () => {
  await expect(ask(viewer, 2 ** 31 - 1)).rejects.toThrow('There is no model 2147483647.');
});
