import { describe, expect, test } from 'vitest';
import { check as checkTogether } from '../../src/engine/check/check.ts';
import { askTogether, decide, outcomeOf, prepare, type World } from '../support/decide.ts';
import { MemoryEdges } from '../support/memory-edges.ts';
import { check, dsl, relationship } from '../support/parse.ts';

const tooComplex = 'RESOLUTION_TOO_COMPLEX';

/** Groups in groups: `user:ann` is `length` hops away from the first one. */
function nestedGroups(length: number): readonly string[] {
  const steps = Array.from({ length: length - 1 }, (_, index) => `group:${index}#member@group:${index + 1}#member`);
  return [...steps, `group:${length - 1}#member@user:ann`];
}

/** Folders in folders; `user:ann` is viewer of the last one. */
function nestedFolders(length: number): readonly string[] {
  const steps = Array.from({ length }, (_, index) => `folder:${index}#parent@folder:${index + 1}`);
  return [...steps, `folder:${length}#viewer@user:ann`];
}

const aliases = Array.from({ length: 40 }, (_, index) => [`r${index + 1}`, `r${index}`]);

const text = dsl({
  user: {},
  group: { member: '[user, group#member]' },
  folder: { parent: '[folder]', viewer: '[user] or viewer from parent' },
  doc: {
    direct: '[user]',
    viewer: '[user, user:*, group#member]',
    either: 'direct or viewer',
    both: 'direct and viewer',
    excluded: 'direct but not viewer',
    r0: '[user, group#member]',
    ...Object.fromEntries(aliases),
  },
});

function world(...relationships: readonly string[]): World {
  return { dsl: text, relationships };
}

test.each<[what: string, world: World, check: string, outcome: string]>([
  ['24 groups in each other', world(...nestedGroups(25)), 'group:0#member@user:ann', 'allowed'],
  ['25 groups in each other', world(...nestedGroups(26)), 'group:0#member@user:ann', tooComplex],
  ['24 groups without the subject', world(...nestedGroups(25)), 'group:0#member@user:eve', 'denied'],
  ['25 groups without the subject', world(...nestedGroups(26)), 'group:0#member@user:eve', 'denied'],
  ['24 folders in each other', world(...nestedFolders(24)), 'folder:0#viewer@user:ann', 'allowed'],
  ['25 folders in each other', world(...nestedFolders(25)), 'folder:0#viewer@user:ann', tooComplex],
  ['40 computed relations', world('doc:1#r0@user:ann'), 'doc:1#r40@user:ann', 'allowed'],
  [
    '40 computed relations and 24 groups',
    world('doc:1#r0@group:0#member', ...nestedGroups(24)),
    'doc:1#r40@user:ann',
    'allowed',
  ],
  [
    '40 computed relations and 25 groups',
    world('doc:1#r0@group:0#member', ...nestedGroups(25)),
    'doc:1#r40@user:ann',
    tooComplex,
  ],
])('%s: %s', async (_what, given, check, outcome) => {
  expect(await decide(given, check)).toEqual([outcome]);
});

describe('what is too deep is an error like any other', () => {
  const deep = ['doc:1#viewer@group:0#member', ...nestedGroups(40)];

  test.each<[relation: string, direct: readonly string[], outcome: string]>([
    ['either', ['doc:1#direct@user:ann'], 'allowed'],
    ['either', [], tooComplex],
    ['both', ['doc:1#direct@user:ann'], tooComplex],
    ['both', [], 'denied'],
    ['excluded', ['doc:1#direct@user:ann'], tooComplex],
    ['excluded', [], 'denied'],
    ['viewer', ['doc:1#viewer@user:ann'], 'allowed'],
  ])('%s with %j: %s', async (relation, direct, outcome) => {
    expect(await decide(world(...deep, ...direct), `doc:1#${relation}@user:ann`)).toEqual([outcome]);
  });
});

describe("what is far away is nobody's business who is not led there", () => {
  const deep = [...nestedGroups(40), 'group:3#member@user:eve', 'doc:1#viewer@group:0#member'];

  test.each<[check: string, given: readonly string[], outcome: string]>([
    ['doc:1#viewer@user:eve', [], 'allowed'],
    ['group:4#member@user:eve', [], 'denied'],
    ['doc:1#excluded@user:max', ['doc:1#direct@user:max'], 'allowed'],
    ['doc:1#excluded@user:ann', ['doc:1#direct@user:ann'], tooComplex],
    ['doc:1#both@user:max', ['doc:1#direct@user:max'], 'denied'],
    ['group:0#member@group:39#member', [], tooComplex],
    ['group:0#member@group:77#member', [], 'denied'],
    // Whether everybody is denied is another question: where a condition has no answer, there is none.
    ['doc:1#viewer@user:*', [], tooComplex],
  ])('%s with %j: %s', async (asked, given, outcome) => {
    expect(await decide(world(...deep, ...given), asked)).toEqual([outcome]);
  });

  test('contextual relationships lead there too', async () => {
    const contextual = ['group:39#member@user:max'];
    const asked = 'group:0#member@user:max';
    expect(await decide({ ...world(...deep), contextual }, asked)).toEqual([tooComplex]);
  });
});

describe('the answer of a check never depends on the others of its batch', () => {
  const chain = world(...nestedGroups(60));
  const groups = Array.from({ length: 60 }, (_, index) => `group:${index}#member`);

  test.each([
    ['downwards', groups],
    ['upwards', groups.toReversed()],
    ['from the middle', groups.toSorted((left, right) => left.localeCompare(right))],
  ])('in a chain of 60 groups, asked %s', async (_order, sources) => {
    const checks = sources.flatMap((source) => [`${source}@user:ann`, `${source}@user:eve`]);
    const together = await decide(chain, ...checks);
    const alone = await Promise.all(checks.map((check) => decide(chain, check)));
    expect(together).toEqual(alone.flat());
    expect(together.filter((outcome) => outcome === 'allowed')).toHaveLength(25);
    // Nothing leads from eve to any of them, however many there are.
    expect(together.filter((outcome) => outcome === 'denied')).toHaveLength(60);
    expect(together.filter((outcome) => outcome === tooComplex)).toHaveLength(35);
  });

  test('in a ring of 60 groups', async () => {
    const ring = world(...nestedGroups(60), 'group:59#member@group:0#member');
    const checks = groups.map((group) => `${group}@user:ann`);
    const alone = await Promise.all(checks.map((check) => decide(ring, check)));
    expect(await decide(ring, ...checks)).toEqual(alone.flat());
  });

  test('in a comb, where each group has a short and a long way', async () => {
    const ways = groups.map((group, index) => `${group}@group:${Math.min(59, index + 7)}#member`);
    const comb = world(...nestedGroups(60), ...ways);
    const checks = groups.flatMap((group) => [`${group}@user:ann`, `${group}@user:eve`]);
    const alone = await Promise.all(checks.map((check) => decide(comb, check)));
    expect(await decide(comb, ...checks)).toEqual(alone.flat());
  });
});

describe('reads', () => {
  const everyone = Array.from({ length: 500 }, (_, index) => `doc:${index}`);
  const relationships = everyone.map((doc) => `${doc}#viewer@group:0#member`);

  test.each([
    [1, 6],
    [10, 6],
    [500, 6],
  ])('%j checks need %j reads', async (count, reads) => {
    const checks = everyone.slice(0, count).map((doc) => `${doc}#either@user:ann`);
    const { store, answer } = askTogether(world(...relationships, ...nestedGroups(5)), checks);
    expect((await answer).decisions.map(outcomeOf)).toEqual(checks.map(() => 'allowed'));
    expect(store.reads).toBe(reads);
  });

  test.each<[what: string, check: string, reads: number]>([
    ['nothing is read for a subject that can never hold the relation', 'doc:1#viewer@folder:1', 0],
    ['nor for a set that holds itself', 'doc:1#viewer@doc:1#viewer', 0],
    ['a check that is decided early reads no further', 'doc:1#either@user:ann', 1],
    ['nor does one that nothing can allow any more', 'doc:1#both@user:eve', 1],
  ])('%s', async (_what, check, reads) => {
    const { store, answer } = askTogether(world('doc:1#direct@user:ann', 'doc:1#viewer@group:0#member'), [check]);
    await answer;
    expect(store.reads).toBe(reads);
  });
});

test('another limit counts the same hops', async () => {
  const store = new MemoryEdges(
    prepare(text),
    nestedGroups(4).map((triple) => relationship(triple)),
  );
  const request = { checks: [check('group:0#member@user:ann')], contextual: [] };
  const outcomes = [1, 3, 4, 1000].map(async (limit) =>
    outcomeOf((await checkTogether(store, request, limit)).decisions[0]),
  );
  expect(await Promise.all(outcomes)).toEqual([tooComplex, tooComplex, 'allowed', 'allowed']);
});
