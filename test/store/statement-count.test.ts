import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../src/engine/check/check.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { useDatabase } from '../support/database.ts';
import { localParser } from '../support/local-parser.ts';
import { openStore } from '../support/open-store.ts';
import { check as checkOf, object, relationship } from '../support/parse.ts';
import { writing } from '../support/postern.ts';

/** Four levels: a track's album, the album's label, the label's team, and a team in the team. */
const dsl = `model
  schema 1.1
type user
type team
  relations
    define member: [user, team#member]
type label
  relations
    define editor: [user, team#member]
    define blocked: [user]
type album
  relations
    define label: [label]
    define can_edit: editor from label but not blocked from label
type track
  relations
    define album: [album]
    define can_edit: can_edit from album
`;

const actor = { kind: 'console', command: 'test' } as const;
const databaseUrl = useDatabase();
const statements: string[] = [];
let postern: Postern;

beforeAll(async () => {
  const store = openStore(
    databaseUrl(),
    {
      connections: 2,
      statementTimeoutMs: 10_000,
      onStatement: (text) => statements.push(text.trim().split(/\s+/)[0] ?? ''),
    },
    localParser,
  );
  postern = { store, platform: object('platform:main'), report: () => {} };
  const input = { source: { kind: 'dsl', dsl }, activate: true, dryRun: false, reason: undefined } as const;
  expect((await publishModel(postern, actor, input)).ok).toBe(true);
  const tracks = Array.from({ length: 400 }, (_, index) => [
    relationship(`track:${index}#album@album:${index}`),
    relationship(`album:${index}#label@label:${index % 7}`),
  ]).flat();
  const labels = Array.from({ length: 7 }, (_, index) => relationship(`label:${index}#editor@team:outer#member`));
  const teams = [relationship('team:outer#member@team:inner#member'), relationship('team:inner#member@user:mia')];
  expect((await writeRelationships(postern, actor, writing([...tracks, ...labels, ...teams]))).ok).toBe(true);
});

afterAll(() => postern.store.close());

describe('the statements of a check', () => {
  test.each([1, 10, 100, 1000])('are the same for %i checks', async (count) => {
    const checks = Array.from({ length: count }, (_, index) => checkOf(`track:${index % 400}#can_edit@user:mia`));
    // The driver's own question about array types is asked once per connection.
    await check(postern.store.reader, { checks: checks.slice(0, 1), contextual: [] });
    statements.length = 0;
    const { decisions } = await check(postern.store.reader, { checks, contextual: [] });
    expect(decisions.every(({ kind }) => kind === 'allowed')).toBe(true);
    // One for the clock, the model and the names, and one for each level: track, album, label, outer team, inner team.
    expect(statements).toEqual(['begin', 'select', 'select', 'select', 'select', 'select', 'select', 'commit']);
  });

  test('are fewer for a check that is decided early', async () => {
    statements.length = 0;
    await check(postern.store.reader, { checks: [checkOf('team:inner#member@user:mia')], contextual: [] });
    expect(statements).toEqual(['begin', 'select', 'select', 'commit']);
  });
});
