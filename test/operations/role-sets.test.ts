import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { formatRelationship } from '../../src/model/relationship.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import type { AccessFinding } from '../../src/operations/findings/access-finding.ts';
import { listFindings } from '../../src/operations/findings/list-findings.ts';
import { simulateChange } from '../../src/operations/findings/simulate-change.ts';
import { Naive } from '../support/naive-world.ts';
import { dsl, model, object, relationship, subject } from '../support/parse.ts';
import { done, operator, publish, usePosternOn, write } from '../support/postern.ts';

/** A house with teams, of which members may be led, and rooms. */
const house = dsl({
  user: {},
  house: { member: '[user]', blocked: '[user]', can_enter: 'member but not blocked' },
  team: {
    house: '[house]',
    lead: '[user]',
    member: '[user] or lead',
    can_see: 'member',
    can_enter: 'can_enter from house',
  },
  room: {
    house: '[house]',
    keeper: '[user, team#member]',
    guest: '[user, team#member]',
    closed: '[user]',
    own: '[user]',
    can_open: '(keeper or guest) but not closed',
    can_lock: 'keeper',
    can_own: 'own',
    can_enter: 'can_enter from house',
  },
});
const of = model(house);
const postern = usePosternOn('memory');
const runs = Number(process.env.TEST_FINDINGS ?? 10) * 2;

beforeAll(() => publish(postern(), house));

const links = ['team:a#house@house:h', 'team:b#house@house:h', 'room:1#house@house:h', 'room:2#house@house:h'];
const people = ['1', '2', '3', '4'];
const all = [
  ...people.flatMap((who) => ['team:a', 'team:b'].map((team) => `${team}#member@user:${who}`)),
  ...people.flatMap((who) => ['1', '2'].flatMap((room) => ['keeper', 'guest', 'own'].map((role) => `room:${room}#${role}@user:${who}`))), // biome-ignore format: one
  'team:a#lead@user:4',
  'room:1#guest@team:b#member',
  'room:1#closed@user:2',
];

async function search(): Promise<readonly AccessFinding[]> {
  const question = { object: object('house:h'), includeContained: true, insiders: undefined, steps: 3, days: 90, first: 100, after: undefined }; // biome-ignore format: one
  return done(await listFindings(postern(), operator, { ...question, kinds: ['roleSet'] })).findings;
}

test('a group has what each of its members has, where that changes nothing; and others with the same are counted', async () => {
  const grants = [
    ...['1', '2', '3'].flatMap((who) => [
      `team:a#member@user:${who}`,
      `room:1#keeper@user:${who}`,
      `room:2#guest@user:${who}`,
    ]),
    // Whoever leads b would be a guest as well.
    ...['1', '4'].flatMap((who) => [`team:b#member@user:${who}`, `room:1#guest@user:${who}`]),
    'team:b#lead@user:lea',
    ...['5', '6', '7'].flatMap((who) => ['1', '2'].map((room) => `room:${room}#own@user:${who}`)),
  ];
  await write(postern(), [...links, ...grants]);
  const found = await search();
  expect(found.map(({ rank, text }) => [rank % 10_000, text])).toEqual([
    [4, '"team:a#member" could have 2 roles that each of its 3 members has by a grant of their own: 2 grants instead of 6, and nobody could do anything else.'],
    [1, '3 subjects have the same 2 roles by grants of their own: with a group for them, it would be 5 relationships instead of 6.'],
  ]); // biome-ignore format: a sentence is a line
  expect(found[0]?.change.writes.map(formatRelationship)).toEqual([
    'room:1#keeper@team:a#member',
    'room:2#guest@team:a#member',
  ]);
  await write(postern(), [], [...links, ...grants]);
});

const seen = { changes: 0, rectangles: 0 };

test(`what ${runs} random worlds could have instead is the same for everybody, and all that is counted is there`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(all, { minLength: 12 }), async (chosen) => {
      const stored = [...links, ...chosen].map((text) => relationship(text));
      expect(stored.every((one) => validateRelationship(of, one).ok)).toBe(true);
      await write(postern(), stored);
      const before = new Naive(of, stored);
      for (const { change, relationships } of await search()) {
        const there = new Set(stored.map(formatRelationship));
        expect(relationships.every((one) => there.has(formatRelationship(one)))).toBe(true);
        if (change.writes.length === 0) {
          seen.rectangles += 1;
          const who = new Set(relationships.map((one) => formatRelationship(one).split('@')[1]));
          const what = new Set(relationships.map((one) => formatRelationship(one).split('@')[0]));
          expect(relationships.length).toBe(who.size * what.size);
          continue;
        }
        seen.changes += 1;
        const gone = new Set(change.deletes.map(formatRelationship));
        const after = new Naive(of, [...stored.filter((one) => !gone.has(formatRelationship(one))), ...change.writes]);
        for (const by of [...people, 'nobody'].map((who) => subject(`user:${who}`))) {
          for (const room of ['room:1', 'room:2', 'team:a', 'team:b', 'house:h'].map((name) => object(name))) {
            for (const name of of.types.get(room.type)?.relations.keys() ?? []) {
              if (!name.startsWith('can_')) continue;
              expect([name, after.decide(by, name, room)]).toEqual([name, before.decide(by, name, room)]);
            }
          }
        }
        const simulated = done(await simulateChange(postern(), operator, { change, within: object('house:h') }));
        expect([simulated.gained.count, simulated.lost.count, simulated.becameUndecided.count]).toEqual([0, 0, 0]);
      }
      await write(postern(), [], stored);
    }),
    { numRuns: runs, endOnFailure: true },
  );
  process.stdout.write(`${runs} worlds: ${JSON.stringify(seen)}\n`);
  if (runs >= 20) expect(Math.min(seen.changes, seen.rectangles)).toBeGreaterThan(0);
}, 600_000);
