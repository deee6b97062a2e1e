import { expect, test } from 'vitest';
import { diffModels, formatModelChange } from '../../src/model/diff-models.ts';
import { dsl, model, type Types } from '../support/parse.ts';

type Conditions = Readonly<Record<string, string>>;

const base: Types = { user: {}, team: { member: '[user]' }, show: { editor: '[user]', can_publish: 'editor' } };
const late = { late: '(hour: int) {\n  hour > 17\n}' };

function withShow(show: Types[string]): Types {
  return { ...base, show: { ...base.show, ...show } };
}

function diff(before: Types, after: Types, conditions: readonly [Conditions, Conditions] = [{}, {}]) {
  return diffModels(model(dsl(before, conditions[0])), model(dsl(after, conditions[1])));
}

test.each<[what: string, before: Types, after: Types, lines: readonly string[]]>([
  ['nothing', base, base, []],
  ['the order of types', base, Object.fromEntries(Object.entries(base).toReversed()), []],
  [
    'a new type',
    base,
    { ...base, doc: { viewer: '[user]', can_view: 'viewer' } },
    ['+ type doc', '+ doc#can_view: viewer', '+ doc#viewer: [user]'],
  ],
  [
    'a type that is gone',
    base,
    { user: base.user ?? {}, show: base.show ?? {} },
    ['- type team', '- team#member: [user]'],
  ],
  [
    'subjects of a role',
    base,
    withShow({ editor: '[user:*, team#member]' }),
    ['~ show#editor: [user] -> [user:*, team#member]'],
  ],
  [
    'operators',
    withShow({ can_publish: 'editor or owner', owner: '[user]' }),
    withShow({ can_publish: 'owner', owner: '[user]' }),
    ['~ show#can_publish: editor or owner -> owner'],
  ],
  [
    'nested operators, in the order of names',
    base,
    withShow({ team: '[team]', can_publish: '[user] and (editor or (member from team but not editor))' }),
    ['~ show#can_publish: editor -> [user] and (editor or (member from team but not editor))', '+ show#team: [team]'],
  ],
])('%s', (_what, before, after, lines) => {
  expect(diff(before, after).map(formatModelChange)).toEqual(lines);
  const back = diff(after, before);
  expect(back.map(({ change }) => change)).toEqual(
    diff(before, after).map(({ change }) => ({ added: 'removed', removed: 'added', changed: 'changed' })[change]),
  );
});

const conditional = withShow({ editor: '[user, user with late]' });

test.each<[what: string, before: Conditions, after: Conditions, lines: readonly string[]]>([
  ['nothing', late, late, []],
  [
    'the expression',
    late,
    { late: '(hour: int) {\n  hour > 18\n}' },
    ['~ condition late(hour: int): hour > 17 -> (hour: int): hour > 18'],
  ],
  [
    'the parameters',
    late,
    { late: '(hour: int, zones: list<string>) {\n  hour > 17\n}' },
    ['~ condition late(hour: int): hour > 17 -> (hour: int, zones: list<string>): hour > 17'],
  ],
  [
    'not the order of its parameters',
    { late: '(zone: string, hour: int) {\n  hour > 17\n}' },
    { late: '(hour: int, zone: string) {\n  hour > 17\n}' },
    [],
  ],
  [
    'the type of a parameter, in another order',
    { late: '(zone: string, hour: int) {\n  hour > 17\n}' },
    { late: '(hour: uint, zone: string) {\n  hour > 17u\n}' },
    ['~ condition late(hour: int, zone: string): hour > 17 -> (hour: uint, zone: string): hour > 17u'],
  ],
  [
    'the type of a parameter alone',
    { late: '(zone: string, hour: int) {\n  hour > 17\n}' },
    { late: '(zone: list<string>, hour: int) {\n  hour > 17\n}' },
    ['~ condition late(hour: int, zone: string): hour > 17 -> (hour: int, zone: list<string>): hour > 17'],
  ],
])('of a condition: %s', (_what, before, after, lines) => {
  expect(diff(conditional, conditional, [before, after]).map(formatModelChange)).toEqual(lines);
});

test('a condition that is new, with the role that takes it', () => {
  expect(diff(base, conditional, [{}, late])).toEqual([
    {
      what: 'relation',
      type: 'show',
      relation: 'editor',
      change: 'changed',
      before: '[user]',
      after: '[user, user with late]',
      addedSubjects: ['user with late'],
      removedSubjects: [],
    },
    { what: 'condition', condition: 'late', change: 'added', before: undefined, after: '(hour: int): hour > 17' },
  ]);
});
