import { beforeAll, describe, expect, test } from 'vitest';
import { check, checkInSnapshot } from '../../src/engine/check/check.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { useDatabase } from '../support/database.ts';
import { check as checkOf, dsl, object, relationship } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';

const statements: string[] = [];
const postern = usePostern(useDatabase(), { connections: 2, onStatement: (text) => statements.push(text) });

beforeAll(async () => {
  const folder = { owner: '[user]', blocked: '[user]' };
  const doc = { parent: '[folder]', blocked: '[user]', viewer: '[user, user:*]', can_view: 'viewer but not blocked' };
  const model = dsl({ user: {}, folder, doc: { ...doc, can_own: 'owner from parent but not blocked from parent' } });
  await publish(postern(), model);
  await write(postern(), [
    'doc:1#viewer@user:*',
    'doc:1#blocked@user:ann',
    'doc:1#parent@folder:1',
    'folder:1#owner@user:ann',
  ]);
});

/** Whoever opens a snapshot may name what will be asked about, or other things, or nothing: the answers are the same. */
describe.each<[what: string, named: readonly string[]]>([
  ['nothing', []],
  ['something else', ['doc:2', 'folder:1']],
  ['one of both', ['user:ann']],
  ['both', ['user:ann', 'doc:1']],
])('a snapshot that was opened with %s named', (_what, named) => {
  test.each<[text: string, contextual: readonly string[], answer: string]>([
    ['doc:1#can_view@user:ann', [], 'denied'],
    ['doc:1#can_view@user:bob', [], 'allowed'],
    ['doc:1#can_view@user:nobody', [], 'allowed'],
    ['doc:1#can_own@user:ann', [], 'allowed'],
    ['doc:1#can_own@user:ann', ['folder:1#blocked@user:ann'], 'denied'],
    ['doc:9#can_view@user:ann', ['doc:9#viewer@user:ann'], 'allowed'],
    ['doc:9#can_view@user:ann', ['doc:9#viewer@user:ann', 'doc:9#blocked@user:ann'], 'denied'],
    ['doc:9#can_view@user:ann', [], 'denied'],
  ])('%s with %s', async (text, contextual, answer) => {
    const request = { checks: [checkOf(text)], contextual: contextual.map((one) => relationship(one)) };
    const found = await readerOf(postern()).withSnapshot(named.map(object), (snapshot) =>
      checkInSnapshot(snapshot, request),
    );
    expect(found.decisions.map(({ kind }) => kind)).toEqual([answer]);
  });
});

test('what is named beforehand needs no statement of its own, and the rest needs one for all', async () => {
  const request = { checks: [checkOf('doc:1#can_view@user:ann'), checkOf('doc:2#can_view@user:bob')], contextual: [] };
  const named = await countStatements(() => check(readerOf(postern()), request));
  const unnamed = await countStatements(() =>
    readerOf(postern()).withSnapshot([], (snapshot) => checkInSnapshot(snapshot, request)),
  );
  expect(unnamed).toBe(named + 1);
});

const readerOf = ({ store }: Postern) => store.reader;

async function countStatements(run: () => Promise<unknown>): Promise<number> {
  const before = statements.length;
  await run();
  return statements.length - before;
}
