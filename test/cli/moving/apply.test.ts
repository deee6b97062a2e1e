import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/cli/moving/apply/apply-plan.ts';
import { makePlan } from '../../../src/cli/moving/plan/make-plan.ts';
import { planSpicedb } from '../../../src/cli/moving/plan/plan-spicedb.ts';
import { parseSourceRelationship } from '../../../src/cli/moving/spicedb/parse-relationship.ts';
import type { SourceRelationship } from '../../../src/cli/moving/spicedb/source-relationship.ts';
import { noNames } from '../../../src/cli/moving/translate/given-names.ts';
import type { Postern } from '../../../src/operations/postern.ts';
import { recordOf } from '../../../src/operations/relationship-record.ts';
import { useDatabase } from '../../support/database.ts';
import { dsl, relationship, type Types } from '../../support/parse.ts';
import { publish, write } from '../../support/postern.ts';
import { useScratchPostern } from '../../support/scratch-postern.ts';

const databaseUrl = useDatabase();
const scratch = useScratchPostern();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-moving-'));
});

afterAll(() => rm(folder, { recursive: true }));

const schema = `use expiration
caveat tier(level int, least int) { level >= least }
definition user {}
definition group { relation member: user }
definition page {
  relation viewer: user | user with tier | user with expiration | group#member
  permission view = viewer
}`;

function sourceOf(text: string, index: number): SourceRelationship {
  const read = parseSourceRelationship(text, index + 1);
  if (!read.ok) throw new Error(read.problem);
  return read.value;
}

/** Enough for three writes. */
const written = [
  ...Array.from({ length: 2100 }, (_, index) => `page:${index % 7}#viewer@user:${index}`),
  'page:1#viewer@group:all#member',
  'page:1#viewer@user:tia[tier:{"least":3}]',
  'page:1#viewer@user:end[expiration:2190-01-01T00:00:00Z]',
  'group:all#member@user:ann',
];

async function plan(name: string, texts: readonly string[] = written): Promise<string> {
  const into = join(folder, name);
  const source = { schema: { text: schema, before: 0 }, relationships: texts.map(sourceOf), assertions: [], notes: [] };
  const made = planSpicedb('pages.yaml', source, noNames, new Date());
  const code = await makePlan(made, { folder: into, allowed: [], databaseUrl: databaseUrl(), print: () => {} });
  expect(code).toBe(0);
  return into;
}

/** What was printed, or the error. */
async function apply(from: string, postern: Postern = scratch.postern, replaceModel = false): Promise<string> {
  const lines: string[] = [];
  return applyPlan(postern, from, { replaceModel }, (line) => lines.push(line)).then(
    () => lines.join('\n'),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

async function stored(): Promise<readonly string[]> {
  const { relationships } = await scratch.postern.store.readRelationships({}, 10_000, undefined);
  return relationships.map(({ relationship: one }) => JSON.stringify(recordOf(one))).toSorted();
}

describe('a plan that is applied', () => {
  test('writes everything, says what was read back, and a second time nothing', async () => {
    await scratch.empty();
    const into = await plan('whole');
    const said = await apply(into);
    expect(said).toContain('Relationships to write: 2104; 0 are there already.');
    expect(said).toContain('  page#viewer: 2103 planned, 2103 read back');
    expect(said).toContain('All of the plan is here. The source has no assertions. Next: check permissions');
    const after = await stored();
    expect(after).toHaveLength(2104);
    expect(await apply(into)).toContain('Relationships to write: 0; 2104 are there already.');
    expect(await stored()).toEqual(after);
    const { digest } = JSON.parse(await readFile(join(into, 'report.json'), 'utf8')) as { digest: string };
    const { events } = await scratch.postern.store.audit.events({}, 10, undefined);
    expect(events.map(({ reason }) => reason)).toEqual(Array(4).fill(`Moved in from spicedb, plan ${digest}`));
  });

  test.each([
    ['before a write', 'before'],
    ['after a write that nobody heard of', 'after'],
  ] as const)('is equal when it was stopped %s, at each of its writes', async (_what, when) => {
    await scratch.empty();
    const into = await plan(`stopped-${when}`);
    const whole = (await readFile(join(into, 'relationships.jsonl'), 'utf8')).trim().split('\n').length;
    const counts: number[] = [];
    let said = '';
    for (let runs = 0; runs < 10 && !said.includes('All of the plan is here'); runs += 1) {
      said = await apply(into, stopping(scratch.postern, when));
      counts.push((await stored()).length);
    }
    expect(counts.at(-1)).toBe(whole);
    expect(new Set(counts).size).toBeGreaterThan(2);
    expect(await scratch.postern.store.readModels(10, undefined)).toHaveLength(1);
    expect(await apply(into)).toContain('Relationships to write: 0; 2104 are there already.');
  });
});

/** The same, whose second write ends the process; as the first one of a run it would get nowhere. */
function stopping(postern: Postern, when: 'before' | 'after'): Postern {
  const { writer } = postern.store;
  let left = when === 'before' ? 1 : 0;
  const stopped = new Proxy(writer, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (name !== 'write' || typeof value !== 'function') return value;
      return async (...given: readonly unknown[]) => {
        left -= 1;
        if (left < 0 && when === 'before') throw new Error('stopped');
        const answer: unknown = await Reflect.apply(value, target, given);
        if (left < 0) throw new Error('stopped');
        return answer;
      };
    },
  });
  const store = new Proxy(postern.store, {
    get: (target, name): unknown => (name === 'writer' ? stopped : Reflect.get(target, name)),
  });
  return { ...postern, store };
}

describe('a plan is refused', () => {
  test.each([
    ['model.fga', (text: string) => text.replace('viewer', 'viewers')],
    ['relationships.jsonl', (text: string) => text.replace('user:ann', 'user:eve')],
    ['tests.fga.yaml', (text: string) => `${text}\n`],
    ['report.json', (text: string) => text.replace('"refused": 0', '"refused": 1')],
  ] as const)('after %s was changed', async (file, change) => {
    await scratch.empty();
    const into = await plan('changed', written.slice(-2));
    const before = await readFile(join(into, file), 'utf8');
    await writeFile(join(into, file), change(before));
    expect(await apply(into)).toContain('is not what was planned');
    expect(await stored()).toEqual([]);
    expect(await scratch.postern.store.readModels(10, undefined)).toEqual([]);
  });

  test('where something is stored that it does not have', async () => {
    await scratch.empty();
    const into = await plan('stranger', ['group:all#member@user:ann']);
    await apply(into);
    const stranger = relationship('group:all#member@user:eve');
    await write(scratch.postern, [stranger]);
    expect(await apply(into)).toMatch(
      /^1 relationship of relations that the plan writes .*\ngroup:all#member@user:eve$/,
    );
  });

  test('where something is stored in another way', async () => {
    await scratch.empty();
    await apply(await plan('one-way', ['page:1#viewer@user:ann']));
    const into = await plan('other-way', ['page:1#viewer@user:ann[tier:{"least":1}]']);
    const before = await stored();
    expect(await apply(into)).toContain('are stored with another condition, beginning or end; nothing was changed');
    expect(await stored()).toEqual(before);
  });
});

describe('where another model is active', () => {
  /** Some of what the plan's model has, and more. */
  const active = {
    user: {},
    group: { lead: '[user]', member: '[user]' },
    desk: { owner: '[user]', can_sit: 'owner' },
  };

  async function withActive(types: Types) {
    await scratch.empty();
    const id = await publish(scratch.postern, dsl(types));
    return { id, into: await plan('replacing', ['group:all#member@user:ann']) };
  }

  test('a plan that lacks some of it is refused, and says what would be lost', async () => {
    const { id, into } = await withActive(active);
    const said = await apply(into);
    expect(said).toContain(
      `in place of model ${id}, which applications ask, and lacks what that has: type "desk", "group#lead"; nothing was changed.`,
    );
    expect(said).toContain('Next: move into another database, or apply with --replace-model');
    expect(await scratch.postern.store.readModel(undefined)).toMatchObject({ id });
    expect(await scratch.postern.store.readModels(10, undefined)).toHaveLength(1);
    expect(await stored()).toEqual([]);
  });

  test('of many names that would be lost the first are said', async () => {
    const many = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`t${index}`, {}]));
    const said = await apply((await withActive({ ...active, ...many })).into);
    expect(said).toContain('type "desk", "group#lead", type "t0", type "t1", type "t2" and 5 more; nothing');
  });

  test('it is replaced where somebody says so, with the way back, and applied again as ever', async () => {
    const { id, into } = await withActive(active);
    const said = await apply(into, scratch.postern, true);
    expect(said).toMatch(new RegExp(`Model ${id} was active before\\. The way back to it: .* model activate ${id}\\n`));
    expect(said).toContain('All of the plan is here.');
    expect(await scratch.postern.store.readModel(undefined)).toMatchObject({
      dsl: await readFile(join(into, 'model.fga'), 'utf8'),
    });
    const again = await apply(into);
    expect(again).toContain('The model of the plan is the active one.');
    expect(again).toContain('All of the plan is here.');
    expect(again).not.toContain('The way back');
  });

  test('a plan that lacks none of it is applied', async () => {
    const said = await apply((await withActive({ user: {}, group: { member: '[user]' } })).into);
    expect(said).toContain('The way back to it:');
    expect(said).toContain('All of the plan is here.');
  });
});
