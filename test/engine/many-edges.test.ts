import { expect, test } from 'vitest';
import { checkInSnapshot, objectsOf } from '../../src/engine/check/check.ts';
import { checkAllInParts, checkInParts } from '../../src/engine/check/check-in-parts.ts';
import { manyEdges } from '../../src/engine/meter.ts';
import { decide, outcomeOf, prepare } from '../support/decide.ts';
import { MemoryEdges } from '../support/memory-edges.ts';
import { check, dsl, relationship } from '../support/parse.ts';

/** What is looked at piece by piece because there is much of it is answered as what is looked at in one go. */
const text = dsl(
  {
    user: {},
    group: { member: '[user]' },
    folder: { viewer: '[user]', blocked: '[user]' },
    doc: {
      parent: '[folder, folder with open]',
      reader: '[user, group#member, group#member with open]',
      blocked: '[group#member]',
      can_read: '(reader or viewer from parent) but not blocked',
      can_read_all: 'reader and viewer from parent',
      can_pass: 'viewer from parent but not blocked from parent',
    },
  },
  { open: '(isOpen: bool) { isOpen }' },
);
const range = Array.from({ length: 2 * manyEdges }, (_, index) => index);
const last = range.length - 1;
const open = (isOpen: boolean) => ({ condition: ['open', { isOpen }] as const });
const members = [
  ...[`group:${last}#member@user:ann`, `folder:${last}#viewer@user:ann`, 'folder:1#blocked@user:ann'],
  ...['group:0#member@user:eve', 'folder:0#viewer@user:eve'],
];
const plain = [...members, ...range.map((n) => `doc:1#reader@group:${n}#member`)];
const guarded = (isOpen: boolean) => [
  ...members,
  ...range.map((n) => relationship(`doc:1#reader@group:${n}#member`, open(isOpen && (n === 0 || n === last)))),
  ...range.map((n) => relationship(`doc:1#parent@folder:${n}`, open(isOpen && (n === 0 || n === last)))),
];

test.each([
  { what: 'sets', relationships: plain, relation: 'can_read', ends: 'allowed' },
  { what: 'parents', relationships: guarded(true), relation: 'can_pass', ends: 'allowed' },
  { what: 'sets and parents', relationships: guarded(true), relation: 'can_read_all', ends: 'allowed' },
  { what: 'sets and parents that do not count', relationships: guarded(false), relation: 'can_read', ends: 'denied' },
  {
    what: 'sets that are excluded',
    relationships: [...plain, ...range.map((n) => `doc:1#blocked@group:${n}#member`)],
    relation: 'can_read',
    ends: 'denied',
  },
])('many $what are all looked at', async ({ relationships, relation, ends }) => {
  const checks = ['ann', 'eve', 'bob'].map((user) => `doc:1#${relation}@user:${user}`);
  expect(await decide({ dsl: text, relationships }, ...checks)).toEqual([ends, ends, 'denied']);
});

test('a contextual relationship beside many stored ones counts', async () => {
  const world = {
    dsl: text,
    relationships: plain,
    contextual: ['doc:1#reader@group:new#member', 'group:new#member@user:bob'],
  };
  expect(await decide(world, 'doc:1#can_read@user:bob')).toEqual(['allowed']);
});

test('a batch about many subjects is answered in parts as in one go', async () => {
  const users = range.slice(0, 310).map((n) => `user:u${n}`);
  const relationships = [
    ...range.map((n) => `group:${n}#member@user:u${n}`),
    ...range.filter((n) => n % 3 === 0).map((n) => `doc:1#reader@group:${n}#member`),
    ...range.filter((n) => n % 5 === 0).map((n) => `doc:1#reader@user:u${n}`),
    ...range.filter((n) => n % 7 === 0).map((n) => `doc:1#blocked@group:${n}#member`),
  ].map((one) => relationship(one));
  const checks = users.flatMap((user) => [check(`doc:1#can_read@${user}`), check(`doc:1#reader@${user}`)]);
  const store = new MemoryEdges(prepare(text), relationships);
  const request = { checks, contextual: [] };
  await store.withSnapshot(objectsOf(request), async (snapshot) => {
    const expected = (await checkInSnapshot(snapshot, request)).decisions.map(outcomeOf);
    expect(new Set(expected)).toEqual(new Set(['allowed', 'denied']));
    for (const inParts of [checkInParts, checkAllInParts]) {
      const { decisions } = await inParts(snapshot, request);
      expect(decisions.map(outcomeOf)).toEqual(expected);
    }
  });
});

test.each([
  ['checkInParts', checkInParts],
  ['checkAllInParts', checkAllInParts],
])('%s gives others their turn between parts also where nothing was counted', async (_name, inParts) => {
  const checks = Array.from({ length: 3_000 }, (_, index) => check(`doc:${index}#can_reed@user:ann`));
  const store = new MemoryEdges(prepare(text), []);
  const { turns, decisions } = await store.withSnapshot([], (snapshot) =>
    countTurns(() => inParts(snapshot, { checks, contextual: [] })),
  );
  expect(new Set(decisions.map(outcomeOf))).toEqual(new Set(['UNKNOWN_RELATION']));
  expect(turns).toBeGreaterThan(0);
});

/** How often the thread looked after others while this ran. */
async function countTurns<Value>(run: () => Promise<Value>): Promise<Value & { readonly turns: number }> {
  let turns = 0;
  let next = setImmediate(function count() {
    turns += 1;
    next = setImmediate(count);
  });
  try {
    return { ...(await run()), turns };
  } finally {
    clearImmediate(next);
  }
}
