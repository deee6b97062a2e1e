import { expect, test } from 'vitest';
import { check } from '../../src/engine/check/check.ts';
import { checkAtOnce } from '../../src/engine/check/check-at-once.ts';
import { findDemand } from '../../src/engine/check/find-demand.ts';
import { Meter } from '../../src/engine/meter.ts';
import type { ExcerptReader, ReverseQuery, SnapshotReader } from '../../src/engine/ports.ts';
import { outcomeOf, prepare } from '../support/decide.ts';
import { MemoryEdges } from '../support/memory-edges.ts';
import { dsl, check as parseCheck, relationship, subject } from '../support/parse.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

function storeOf(text: string, relationships: readonly string[]): MemoryEdges {
  return new MemoryEdges(
    prepare(text),
    relationships.map((one) => relationship(one)),
  );
}

async function askAtOnce(reader: ExcerptReader, checks: readonly string[]): Promise<readonly string[] | undefined> {
  const request = { checks: checks.map((one) => parseCheck(one)), contextual: [] };
  const answer = await checkAtOnce(reader, () => request, { isWatched: () => false });
  return answer?.decisions.map(outcomeOf);
}

async function askInLevels(reader: SnapshotReader, checks: readonly string[]): Promise<readonly string[]> {
  const request = { checks: checks.map((one) => parseCheck(one)), contextual: [] };
  return (await check(reader, request)).decisions.map(outcomeOf);
}

/** What is asked of the store is paid from this meter. */
function paidBy(store: MemoryEdges, meter: Meter): ExcerptReader {
  return {
    withExcerpt: (plan, use) => store.withExcerpt(plan, (excerpt) => use({ ...excerpt, meter })),
  };
}

const sharing = dsl({
  user: {},
  group: { member: '[user, group#member]' },
  folder: { parent: '[folder]', viewer: '[user, group#member] or viewer from parent' },
});

test('a definition that is computed from thousands of others, each from the next, is answered as any other', async () => {
  const length = 5000;
  const aliases = numbers(length).map((index) => [`r${index + 1}`, `r${index}`]);
  const store = storeOf(dsl({ user: {}, doc: { r0: '[user]', ...Object.fromEntries(aliases) } }), [
    'doc:1#r0@user:ann',
  ]);
  const checks = [`doc:1#r${length}@user:ann`, `doc:1#r${length}@user:eve`];
  const inLevels = await askInLevels(store, checks);
  expect(inLevels).toEqual(['allowed', 'denied']);
  expect((await askAtOnce(store, checks)) ?? inLevels).toEqual(inLevels);
});

test('checks about many subjects together take no more without a turn than those about one, and what they took is paid', async () => {
  const folders = numbers(23).map((at) => `folder:${at}#parent@folder:${at + 1}`);
  const checks = numbers(1000).map((user) => `folder:0#viewer@user:${user}`);
  const store = storeOf(sharing, [...folders, ...numbers(1000).map((user) => `folder:23#viewer@user:${user}`)]);
  const [few, many] = [new Meter(), new Meter()];
  expect(await askAtOnce(paidBy(store, few), checks.slice(0, 100))).toEqual(checks.slice(0, 100).map(() => 'allowed'));
  expect(few.used).toBeGreaterThan(4000);
  expect(await askAtOnce(paidBy(store, many), checks)).toBeUndefined();
  expect(many.used).toBeGreaterThan(30_000);
  expect(many.used).toBeLessThan(31_000);
});

test('conditions that take long are not evaluated without turns for others', async () => {
  const text = dsl(
    { user: {}, group: { member: '[user]' }, doc: { viewer: '[group#member with heavy]' } },
    { heavy: '(l: list<int>) {\n  l.all(x, l.exists(y, y == x + 0)) && l.size() == 0\n}' },
  );
  const condition = ['heavy', { l: numbers(40) }] as const;
  const store = new MemoryEdges(
    prepare(text),
    numbers(400).flatMap((group) => [
      relationship(`doc:1#viewer@group:${group}#member`, { condition }),
      relationship(`group:${group}#member@user:ann`),
    ]),
  );
  const meter = new Meter();
  expect(await askAtOnce(paidBy(store, meter), ['doc:1#viewer@user:ann'])).toBeUndefined();
  // Not even a third of what is done without a turn where it is quick.
  expect(meter.used).toBeLessThan(9000);
});

test('what leads far is looked for once from each subject, however many checks lead there', async () => {
  const chain = numbers(30).map((at) => `group:${at}#member@group:${at + 1}#member`);
  const docs = numbers(50).map((doc) => `folder:${doc}#viewer@group:0#member`);
  const store = storeOf(sharing, [...chain, ...docs, 'folder:77#viewer@user:ann', 'folder:77#viewer@user:eve']);
  const asked: ReverseQuery[] = [];
  const reader: SnapshotReader = {
    withSnapshot: (objects, use) =>
      store.withSnapshot(objects, (snapshot) =>
        use({
          ...snapshot,
          readEdgesTo: (query, limit) => {
            asked.push(query);
            return snapshot.readEdgesTo(query, limit);
          },
        }),
      ),
  };
  const checks = numbers(50).flatMap((doc) => [`folder:${doc}#viewer@user:ann`, `folder:${doc}#viewer@user:eve`]);
  expect(await askInLevels(reader, checks)).toEqual(checks.map(() => 'denied'));
  expect(asked).toHaveLength(2);
});

test('somebody in many groups that contain each other is not led far in levels where nothing leads at once', async () => {
  const groups = numbers(160);
  const dense = groups.flatMap((outer) => numbers(outer).map((inner) => `group:${outer}#member@group:${inner}#member`));
  const chain = numbers(30).map((at) => `group:c${at}#member@group:c${at + 1}#member`);
  const store = storeOf(sharing, [...dense, ...chain, ...groups.map((group) => `group:${group}#member@user:eve`)]);
  expect(await askAtOnce(store, ['group:c0#member@user:eve'])).toEqual(['denied']);
  expect(await askInLevels(store, ['group:c0#member@user:eve'])).toEqual(['denied']);
});

test.each([
  [5000, 'allowed'],
  [5001, undefined],
])('of %j checks each is %j at once', async (count, outcome) => {
  const checks = numbers(count).map(() => 'folder:1#viewer@user:ann');
  const outcomes = await askAtOnce(storeOf(sharing, ['folder:1#viewer@user:ann']), checks);
  expect(outcomes && new Set(outcomes)).toEqual(outcome && new Set([outcome]));
});

test('each pair of a demand is there once', () => {
  const types = ['one', 'two', 'three'].map((name) => [name, { member: '[user] or lead', lead: '[user]' }] as const);
  const sets = types.map(([name]) => `${name}#member`).join(', ');
  const prepared = prepare(dsl({ user: {}, ...Object.fromEntries(types), doc: { viewer: `[${sets}]` } }));
  const viewer = prepared.model.types.get('doc')?.relations.get('viewer');
  if (viewer === undefined) throw new Error('The model has lost a relation.');
  expect(findDemand(prepared, [subject('user:ann')], [viewer])?.sets).toEqual([
    { written: 'member', held: 'member' },
    { written: 'lead', held: 'member' },
  ]);
});
