import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { playWorld } from '../../src/cli/store-file/play-world.ts';
import type { RawRelationship } from '../../src/cli/store-file/raw-relationship.ts';
import { readTestFiles } from '../../src/cli/store-file/read-test-files.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../src/cli/store-file/scratch-database.ts';
import type { TestWorld } from '../../src/cli/store-file/test-world.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { openStore } from '../../src/store/postgres/open-store.ts';
import { localParser } from '../support/local-parser.ts';
import { dsl, object } from '../support/parse.ts';

const file = 'test/advisories/advisories.yaml';
const worlds = await readTestFiles([file]);

/** The name of a world without its file, its stage, and the way its relationships are given. */
function advisoryOf({ name }: TestWorld): string {
  return name.replace(`${file} › `, '').replace(/, stage \d+$| \(contextual\)$/, '');
}

let scratch: ScratchDatabase;
let postern: Postern;

beforeAll(async () => {
  scratch = await createScratchDatabase(inject('testPostgres').adminUrl);
  const store = openStore(scratch.url, { connections: 2, statementTimeoutMs: 10_000 }, localParser);
  postern = { store, platform: object('platform:main'), report: () => undefined };
});

afterAll(async () => {
  await postern?.store.close();
  await scratch?.drop();
});

async function failuresOf(played: readonly TestWorld[]) {
  const failures = [];
  for (const world of played) {
    if (!world.continues) await scratch.empty();
    const results = await playWorld(postern, world);
    failures.push(...results.filter(({ passed }) => !passed));
  }
  return failures;
}

test.each([...Map.groupBy(worlds, advisoryOf)])('%s', async (_advisory, played) => {
  expect(await failuresOf(played)).toEqual([]);
});

test('CVE-2024-27101 of more than 65,535 ids the rest was dropped', { timeout: 120_000 }, async () => {
  const groups = Array.from({ length: 65_537 }, (_, index) => `group:${index}`);
  const membership = (user: string, group: string | undefined): RawRelationship[] =>
    group === undefined ? [] : [{ object: group, relation: 'member', user }];
  const relationships = [
    ...groups.map((group) => ({ object: 'document:1', relation: 'viewer', user: `${group}#member` })),
    ...membership('user:first', groups[0]),
    ...membership('user:last', groups.at(-1)),
  ];
  const check = { kind: 'check', relation: 'viewer', object: 'document:1', context: {}, contextual: [] } as const;
  const list = { kind: 'objects', relation: 'viewer', type: 'document', context: {}, contextual: [] } as const;
  const model = dsl({ user: {}, group: { member: '[user]' }, document: { viewer: '[group#member]' } });
  const world: TestWorld = {
    name: 'many groups',
    continues: false,
    model: { kind: 'dsl', dsl: model },
    relationships,
    cases: [
      { ...check, name: 'first', user: 'user:first', expected: 'allowed' },
      { ...check, name: 'last', user: 'user:last', expected: 'allowed' },
      { ...check, name: 'nobody', user: 'user:nobody', expected: 'denied' },
      { ...list, name: 'list of the last', user: 'user:last', expected: ['document:1'] },
    ],
  };
  expect(await failuresOf([world])).toEqual([]);
});

/** What did not go wrong in an evaluation, and the test file that would notice it here. */
const elsewhere: readonly (readonly [advisory: string, file: string])[] = [
  ['CVE-2022-39340 one of the ways to ask had no guard', 'test/graphql/schema.test.ts'],
  ['CVE-2023-35933 a model without entry points exhausted the stack', 'test/model/parse-model.test.ts'],
  ['CVE-2023-45810 work went on after its deadline', 'test/graphql/database-gone.test.ts'],
  ['CVE-2024-23820 work went on after its deadline', 'test/graphql/database-gone.test.ts'],
  ['CVE-2026-40293 a page gave the key of the server away', 'test/server/development-tokens.test.ts'],
  ['CVE-2026-55689 without a configured audience any was accepted', 'test/server/read-token-classes.test.ts'],
  ['CVE-2026-55689 a token for another audience was accepted', 'test/server/token-claims.test.ts'],
  ['CVE-2023-29193 an endpoint gave the key of the server away', 'test/server/development-tokens.test.ts'],
  ['CVE-2023-46255 an error named the password of the database', 'test/server/config.test.ts'],
  ['CVE-2025-64529 an error in the middle of rows went unnoticed', 'test/store/connect.test.ts'],
  ['GHSA-vhvq-fv9f a forged token ended the server', 'test/model/consistency-token.test.ts'],
  ['CVE-2026-40091 the settings were told with their secrets', 'test/server/config.test.ts'],
];

test.each(elsewhere)('%s: see %s', (_advisory, path) => {
  expect(existsSync(path)).toBe(true);
});

test('each advisory has one test', () => {
  const names = worlds.map(advisoryOf);
  expect(names.filter((name) => !/^(CVE-\d{4}-\d{4,5}|GHSA-[\w-]+) \w/.test(name))).toEqual([]);
  expect(new Set(names.map((name) => name.split(' ')[0])).size).toBe(new Set(names).size);
});
