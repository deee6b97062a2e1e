import { describe, expect, test } from 'vitest';
import { parseKetoTuples } from '../../../src/cli/moving/keto/read-keto-file.ts';
import type { MovingPlan } from '../../../src/cli/moving/plan/moving-plan.ts';
import { planKeto } from '../../../src/cli/moving/plan/plan-keto.ts';
import type { GivenNames } from '../../../src/cli/moving/translate/given-names.ts';
import { formatRelationship } from '../../../src/model/relationship.ts';

type Subject = string | readonly [namespace: string, object: string, relation: string];

/** `["Doc", "1", "viewer", "ann"]`, or with a set for the last. */
type Tuple = readonly [namespace: string, object: string, relation: string, subject: Subject];

function jsonOf(tuples: readonly Tuple[]): string {
  const all = tuples.map(([namespace, object, relation, subject]) => {
    if (typeof subject === 'string') return { namespace, object, relation, subject_id: subject };
    const [of, on, held] = subject;
    return { namespace, object, relation, subject_set: { namespace: of, object: on, relation: held } };
  });
  return JSON.stringify(all, undefined, 1);
}

const given = (types: Readonly<Record<string, string>>, names: Readonly<Record<string, string>> = {}): GivenNames => ({
  types: new Map(Object.entries(types)),
  names: new Map(Object.entries(names)),
});
const users = given({ subject_id: 'user' });

function plan(tuples: readonly Tuple[], names = users, model?: string): MovingPlan {
  const source = model === undefined ? undefined : ({ kind: 'dsl', dsl: model } as const);
  return planKeto('tuples.json', parseKetoTuples('tuples.json', jsonOf(tuples)), names, source);
}

const modelOf = (...lines: readonly string[]) => ['model', '  schema 1.1', ...lines].join('\n');
const written = ({ relationships }: MovingPlan) => relationships.map(formatRelationship);
const refused = ({ refused: all }: MovingPlan) => all.map(({ kind, relationship }) => [kind, relationship]);

describe('what is written comes in', () => {
  test('with a model of it alone, subject sets and objects among it', () => {
    const found = plan([
      ['Doc', '1', 'viewer', 'ann'],
      ['Doc', '1', 'viewer', ['Group', 'eng', 'member']],
      ['Doc', '1', 'parent', ['Folder', 'a', '']],
      ['Group', 'eng', 'member', 'ben'],
      ['Group', 'eng', 'member', 'ben'],
    ]);
    expect(found.dsl.trim().split('\n').filter((line) => line.trim() !== '')).toEqual([
      ...['model', '  schema 1.1', 'type Doc', '  relations'],
      ...['    define parent: [Folder]', '    define viewer: [Group#member, user]'],
      ...['type Folder', 'type Group', '  relations', '    define member: [user]', 'type user'],
    ]); // biome-ignore format: as the model is
    expect(written(found)).toEqual([
      'Doc:1#viewer@user:ann',
      'Doc:1#viewer@Group:eng#member',
      'Doc:1#parent@Folder:a',
      'Group:eng#member@user:ben',
    ]);
    expect(found.counts.map(({ as, in: read, out, duplicate }) => [as, read, out, duplicate])).toEqual([
      ['Doc#parent', 1, 1, 0],
      ['Doc#viewer', 2, 2, 0],
      ['Group#member', 2, 1, 1],
    ]);
    expect(found.constructs.every(({ kind }) => kind === 'exact')).toBe(true);
    expect(found.warnings).toEqual([expect.stringContaining('plan again with --model')]);
  });

  test('by other names, and subject ids of one relation of another type', () => {
    const types = { Doc: 'doc', subject_id: 'user', 'subject_id of Doc#bot': 'service' };
    const found = plan(
      [
        ['Doc', '1', 'view', 'ann'],
        ['Doc', '1', 'bot', 'crawler'],
      ],
      given(types, { 'Doc#view': 'can_view' }),
    );
    expect(written(found)).toEqual(['doc:1#can_view@user:ann', 'doc:1#bot@service:crawler']);
    expect([...found.names.types]).toEqual(Object.entries(types));
    expect([...found.names.names]).toEqual([
      ['Doc#view', 'can_view'],
      ['Doc#bot', 'bot'],
    ]);
  });

  test('by names that are all told, those of sets among them, and which are good to be given again', () => {
    const tuples: readonly Tuple[] = [
      ['Doc', '1', 'viewer', ['Group', 'eng', 'member']],
      ['Doc', '1', 'parent', ['Folder', 'a', '']],
      ['Doc', '1', 'viewer', 'ann'],
    ];
    const { names, dsl } = plan(tuples);
    expect(Object.fromEntries(names.types)).toEqual({
      Doc: 'Doc',
      Folder: 'Folder',
      Group: 'Group',
      subject_id: 'user',
    });
    expect(Object.fromEntries(names.names)).toEqual({
      ...{ 'Doc#parent': 'parent', 'Doc#viewer': 'viewer', 'Group#member': 'member' },
    });
    const again = plan(tuples, names);
    expect([again.dsl, again.names]).toEqual([dsl, names]);
  });

  test('a set that nobody is in is one here, by a helper', () => {
    const found = plan([['Doc', '1', 'viewer', ['Group', 'eng', 'member']]]);
    expect(found.dsl).toContain('define member: [nobody]');
    const helpers = found.constructs.filter(({ kind }) => kind === 'helper').map(({ construct }) => construct);
    expect(helpers).toEqual(['relation Doc#viewer', 'relation Group#member', 'type nobody']);
  });

  test('into a model that somebody wrote, which refuses what it does not admit', () => {
    const model = modelOf(
      'type user',
      'type Doc',
      '  relations',
      '    define viewer: [user]',
      '    define can_view: viewer',
    );
    const found = plan(
      [
        ['Doc', '1', 'viewer', 'ann'],
        ['Doc', '1', 'editor', 'ann'],
      ],
      users,
      model,
    );
    expect(written(found)).toEqual(['Doc:1#viewer@user:ann']);
    expect(refused(found)).toEqual([['unknown', 'Doc:1#editor@ann']]);
    expect(found.warnings).toEqual([]);
  });
});

test.each<[what: string, tuple: Tuple, names: GivenNames, kind: string]>([
  ['a subject id of no type', ['Doc', '1', 'viewer', 'ann'], given({}), 'subject-type'],
  ['a subject id that would be everybody', ['Doc', '1', 'viewer', '*'], users, 'id'],
  ['a subject id that would be a set', ['Doc', '1', 'viewer', 'eng#member'], users, 'id'],
  ['an object that would be everybody', ['Doc', '1', 'viewer', ['Group', '*', '']], users, 'id'],
  ['an object that would be a set', ['Doc', '1', 'viewer', ['Group', 'a#member', '']], users, 'id'],
  ['an id that is too long', ['Doc', 'x'.repeat(257), 'viewer', 'ann'], users, 'long-id'],
  ['a namespace that is no name', ['my docs', '1', 'viewer', 'ann'], users, 'name'],
  ['a relation that is no name', ['Doc', '1', '...', 'ann'], users, 'name'],
  ['a relation of a set that is no name', ['Doc', '1', 'viewer', ['Group', 'a', '...']], users, 'name'],
])('%s does not come in, and what does is not touched by it', (_what, tuple, names, kind) => {
  const found = plan([tuple, ['Doc', '2', 'parent', ['Folder', 'a', '']]], names);
  expect(refused(found).map(([of]) => of)).toEqual([kind]);
  expect(written(found)).toEqual(['Doc:2#parent@Folder:a']);
  const sums = found.counts.map((row) => row.in - row.out - row.refused - row.expired - row.duplicate);
  expect(new Set(sums)).toEqual(new Set([0]));
});

test.each<[what: string, text: string, says: string]>([
  ['a page of several', '{"relation_tuples": [], "next_page_token": "x"}', 'is one page of several'],
  ['something else', '{"tuples": []}', 'is no list of relation tuples'],
  ['no subject', '[{"namespace": "Doc", "object": "1", "relation": "viewer"}]', 'has not exactly one of'],
  [
    'two subjects',
    '[{"namespace": "Doc", "object": "1", "relation": "viewer", "subject_id": "a", "subject_set": {"namespace": "G", "object": "a", "relation": "m"}}]',
    'has not exactly one of',
  ],
  [
    'a key that is not known',
    '[{"namespace": "Doc", "object": "1", "relation": "viewer", "subject_id": "a", "expires": "2020"}]',
    'expires',
  ],
  ['a part of a file', '[{"namespace": "Doc"', 'cannot be read'],
])('%s is refused as a whole', (_what, text, says) => {
  // biome-ignore format: a table
  expect(() => parseKetoTuples('tuples.json', text)).toThrow(says);
});

test('names that are given for nothing are told', () => {
  const tuples = parseKetoTuples('tuples.json', jsonOf([['Doc', '1', 'viewer', 'ann']]));
  expect(() => planKeto('tuples.json', tuples, given({ subject_id: 'user', Docs: 'doc' }), undefined)).toThrow(
    'The source has no namespace "Docs". Did you mean "Doc"?',
  );
  expect(() =>
    planKeto('tuples.json', tuples, given({ subject_id: 'user' }, { 'Doc#view': 'can_view' }), undefined),
  ).toThrow('The source has no relation "Doc#view". Did you mean "Doc#viewer"?');
});
