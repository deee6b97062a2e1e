import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import { check } from '../../../src/engine/check/check.ts';
import { checkAtOnce } from '../../../src/engine/check/check-at-once.ts';
import type { RelationName } from '../../../src/model/names.ts';
import { unconstrained } from '../../../src/store/write-constraint.ts';
import { useDatabase } from '../../support/database.ts';
import { outcomeOf } from '../../support/decide.ts';
import { type OpenReplica, openReplica } from '../../support/open-replica.ts';
import { dsl, model, object, check as parseCheck, relationship } from '../../support/parse.ts';
import { change } from '../../support/replica-world.ts';

/** What is looked at in one go is bounded, paid for, and no more than it has to be, wherever the edges are. */

const databaseUrl = useDatabase();
const text = dsl({
  user: {},
  folder: { viewer: '[user]' },
  team: { member: '[user, team#member]' },
  doc: { parent: '[folder]', viewer: '[user, team#member] or viewer from parent' },
});
const viewer = 'viewer' as RelationName;
let opened: OpenReplica;

beforeAll(async () => {
  // What is written by one of the tests is not much yet, so it is not put in the place of the base.
  opened = openReplica(databaseUrl(), { leastOverlay: 10_000 });
  await change(opened.postgres, { model: { model: model(text), dsl: text } });
  await opened.store.replica.whenLoaded();
});

afterAll(() => opened.store.close());

async function writeAll(texts: readonly string[]): Promise<void> {
  for (let next = 0; next < texts.length; next += 1000) {
    const part = texts.slice(next, next + 1000).map((one) => relationship(one));
    await opened.postgres.writer.write(unconstrained, async ({ relationships }) =>
      ok(await relationships.write(part, undefined)),
    );
  }
}

function numbered(count: number, textOf: (number: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, number) => textOf(number));
}

/** What a plain check of one relation of an object looks at. */
async function looksAt(doc: string, who: string): Promise<number> {
  return opened.store.reader.withSnapshot([], async (snapshot) => {
    const demand = { direct: [viewer], parents: ['parent' as RelationName], sets: [] };
    const excerpt = await snapshot.readExcerpt({ subjects: [object(who)], objects: [object(doc)], demand });
    const [node = 0] = excerpt?.objects ?? [];
    expect(excerpt?.leading(node, viewer).length).toBe(1);
    return snapshot.meter.used;
  });
}

test.each([
  ['that were written since', 0],
  ['of the base', 1],
])('of thousands of edges %s, only those are looked at that may lead to somebody', async (_, merges) => {
  const doc = `doc:wide${merges}`;
  await writeAll(numbered(3000, (number) => `${doc}#viewer@user:${number}`));
  if (merges > 0) await opened.store.replica.load();
  // Thousands of changes are brought in several goes, and until then the database answers.
  await opened.store.replica.follow();
  const passed = await opened.store.replica.pass([object(doc)]);
  expect(passed?.state.view.countOf(passed.nodes[0] ?? 0)).toBe(3000);
  const looks = await looksAt(doc, 'user:7');
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThan(10);
});

test.each([
  [
    'more parents than are looked at in one go',
    'doc:many',
    numbered(20_500, (number) => `doc:many#parent@folder:${number}`),
    'folder:20400#viewer@user:ann',
  ],
  [
    'in more sets than are looked at in one go',
    'doc:sets',
    numbered(20_500, (number) => `team:${number}#member@user:ann`),
    'doc:sets#viewer@team:20400#member',
  ],
])('%s are no plain question, and have their answer', { timeout: 60_000 }, async (_, doc, many, last) => {
  const { reader } = opened.store;
  await writeAll([...many, last]);
  const checks = ['ann', 'bob'].map((who) => parseCheck(`${doc}#viewer@user:${who}`));
  const asked = { checks, contextual: [] };
  expect(await checkAtOnce(reader, () => asked, { isWatched: () => false })).toBeUndefined();
  const instead = opened.askedInstead();
  expect((await check(reader, asked)).decisions.map(outcomeOf)).toEqual(['allowed', 'denied']);
  expect(opened.askedInstead()).toBe(instead);
});
