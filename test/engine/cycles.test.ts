import { describe, expect, test } from 'vitest';
import { decide } from '../support/decide.ts';
import { dsl, relationship, type Types } from '../support/parse.ts';

interface Case {
  readonly what: string;
  readonly types: Types;
  readonly relationships: readonly string[];
  /** Checks and their outcomes. */
  readonly checks: Readonly<Record<string, string>>;
}

const groups: Types = { user: {}, group: { member: '[user, group#member]' } };
const folders: Types = { user: {}, folder: { parent: '[folder]', viewer: '[user] or viewer from parent' } };

const harmless: readonly Case[] = [
  {
    what: 'a group in itself',
    types: groups,
    relationships: ['group:a#member@group:a#member', 'group:a#member@user:ann'],
    checks: { 'group:a#member@user:ann': 'allowed', 'group:a#member@user:eve': 'denied' },
  },
  {
    what: 'two groups in each other',
    types: groups,
    relationships: ['group:a#member@group:b#member', 'group:b#member@group:a#member', 'group:b#member@user:ann'],
    checks: {
      'group:a#member@user:ann': 'allowed',
      'group:b#member@user:ann': 'allowed',
      'group:a#member@user:eve': 'denied',
      'group:b#member@user:eve': 'denied',
    },
  },
  {
    what: 'a ring of three groups with a way out',
    types: groups,
    relationships: [
      ...['group:a#member@group:b#member', 'group:b#member@group:c#member', 'group:c#member@group:a#member'],
      ...['group:b#member@group:d#member', 'group:d#member@user:ann'],
    ],
    checks: {
      'group:a#member@user:ann': 'allowed',
      'group:c#member@user:ann': 'allowed',
      'group:c#member@user:eve': 'denied',
      'group:c#member@group:d#member': 'allowed',
      'group:d#member@group:c#member': 'denied',
    },
  },
  {
    what: 'a ring through a computed relation',
    types: { user: {}, doc: { viewer: '[user, doc#editor]', editor: '[user] or viewer' } },
    relationships: ['doc:1#viewer@doc:1#editor', 'doc:2#viewer@doc:2#editor', 'doc:2#editor@user:ann'],
    checks: {
      'doc:1#viewer@user:ann': 'denied',
      'doc:2#viewer@user:ann': 'allowed',
      'doc:2#editor@user:ann': 'allowed',
    },
  },
  {
    what: 'computed relations of each other',
    types: { user: {}, doc: { viewer: '[user] or editor', editor: '[user] or viewer' } },
    relationships: ['doc:1#viewer@user:ann'],
    checks: { 'doc:1#editor@user:ann': 'allowed', 'doc:1#editor@user:eve': 'denied' },
  },
  {
    what: 'folders that are parents of each other',
    types: folders,
    relationships: ['folder:a#parent@folder:b', 'folder:b#parent@folder:a', 'folder:b#viewer@user:ann'],
    checks: { 'folder:a#viewer@user:ann': 'allowed', 'folder:a#viewer@user:eve': 'denied' },
  },
  {
    what: 'a folder that is its own parent',
    types: folders,
    relationships: ['folder:a#parent@folder:a'],
    checks: { 'folder:a#viewer@user:ann': 'denied' },
  },
  {
    what: 'a ring through "and"',
    types: { user: {}, doc: { listed: '[user]', viewer: '[user, doc#viewer] and listed' } },
    relationships: [
      'doc:1#listed@user:ann',
      'doc:2#listed@user:ann',
      'doc:1#viewer@doc:2#viewer',
      'doc:2#viewer@doc:1#viewer',
    ],
    checks: { 'doc:1#viewer@user:ann': 'denied', 'doc:1#listed@user:ann': 'allowed' },
  },
  {
    what: 'groups in each other behind "but not": they add nobody',
    types: { ...groups, doc: { viewer: '[user] but not banned', banned: '[group#member]' } },
    relationships: [
      ...['group:a#member@group:b#member', 'group:b#member@group:a#member', 'group:b#member@user:eve'],
      ...['doc:1#banned@group:a#member', 'doc:1#viewer@user:ann', 'doc:1#viewer@user:eve'],
    ],
    checks: { 'doc:1#viewer@user:ann': 'allowed', 'doc:1#viewer@user:eve': 'denied' },
  },
];

/** `a` is everybody but `b`; what `b` is, the relationships say. */
const opposed: Types = {
  user: {},
  doc: {
    a: '[user] but not not_a',
    not_a: '[user, doc#a, doc#b, doc#c]',
    b: '[user] but not not_b',
    not_b: '[user, doc#a, doc#b, doc#c]',
    c: '[user] but not not_c',
    not_c: '[user, doc#a, doc#b, doc#c]',
    outside: '[user] but not not_outside',
    not_outside: '[user, doc#a]',
    either: '[user] or a',
    through: 'a',
  },
};

const everywhere = ['a', 'b', 'c', 'outside'].map((relation) => `doc:1#${relation}@user:ann`);
const all = (outcomes: readonly string[]) =>
  Object.fromEntries(['a', 'b', 'c'].map((relation, index) => [`doc:1#${relation}@user:ann`, outcomes[index] ?? '']));

const paradoxes: readonly Case[] = [
  {
    what: 'length 1: in, unless in',
    types: opposed,
    relationships: [...everywhere, 'doc:1#not_a@doc:1#a'],
    checks: {
      ...all(['denied', 'allowed', 'allowed']),
      'doc:1#a@user:eve': 'denied',
      'doc:1#through@user:ann': 'denied',
    },
  },
  {
    what: 'length 2: each but not the other',
    types: opposed,
    relationships: [...everywhere, 'doc:1#not_a@doc:1#b', 'doc:1#not_b@doc:1#a'],
    checks: all(['denied', 'denied', 'allowed']),
  },
  {
    what: 'length 2, decided from outside',
    types: opposed,
    relationships: [...everywhere, 'doc:1#not_a@doc:1#b', 'doc:1#not_b@doc:1#a', 'doc:1#not_b@user:ann'],
    checks: all(['allowed', 'denied', 'allowed']),
  },
  {
    what: 'length 2, where only one could be in',
    types: opposed,
    relationships: ['doc:1#a@user:ann', 'doc:1#not_a@doc:1#b', 'doc:1#not_b@doc:1#a'],
    checks: all(['allowed', 'denied', 'denied']),
  },
  {
    what: 'length 3: a ring of opposites',
    types: opposed,
    relationships: [...everywhere, 'doc:1#not_a@doc:1#b', 'doc:1#not_b@doc:1#c', 'doc:1#not_c@doc:1#a'],
    checks: all(['denied', 'denied', 'denied']),
  },
  {
    what: 'length 3, decided from outside',
    types: opposed,
    relationships: [
      ...everywhere,
      'doc:1#not_a@doc:1#b',
      'doc:1#not_b@doc:1#c',
      'doc:1#not_c@doc:1#a',
      'doc:1#not_c@user:ann',
    ],
    checks: all(['denied', 'allowed', 'denied']),
  },
  {
    what: 'whoever is subtracted by a circle without an answer is out, too',
    types: opposed,
    relationships: [...everywhere, 'doc:1#not_a@doc:1#a', 'doc:1#not_outside@doc:1#a'],
    checks: { 'doc:1#outside@user:ann': 'denied', 'doc:1#either@user:ann': 'denied' },
  },
  {
    what: 'another way in is not barred by it',
    types: opposed,
    relationships: [...everywhere, 'doc:1#not_a@doc:1#a', 'doc:1#either@user:ann'],
    checks: { 'doc:1#either@user:ann': 'allowed' },
  },
  {
    what: 'over a second document',
    types: opposed,
    relationships: [...everywhere, 'doc:2#a@user:ann', 'doc:1#not_a@doc:2#a', 'doc:2#not_a@doc:1#a'],
    checks: { 'doc:1#a@user:ann': 'denied', 'doc:2#a@user:ann': 'denied', 'doc:1#a@user:eve': 'denied' },
  },
  {
    what: 'restricted to whoever is not restricted',
    types: { user: {}, doc: { viewer: '[user] but not restricted', restricted: '[user, doc#viewer]' } },
    relationships: ['doc:1#viewer@user:ann', 'doc:1#restricted@doc:1#viewer'],
    checks: {
      'doc:1#viewer@user:ann': 'denied',
      'doc:1#viewer@user:eve': 'denied',
      'doc:1#restricted@user:ann': 'denied',
    },
  },
];

describe.each([
  ['a circle without "but not" adds nothing', harmless],
  ['a circle through "but not" fails closed', paradoxes],
])('%s', (_name, cases) => {
  test.each(cases)('$what', async ({ types, relationships, checks }) => {
    const world = { dsl: dsl(types), relationships };
    const asked = Object.keys(checks);
    expect(await decide(world, ...asked)).toEqual(Object.values(checks));
    for (const check of asked) expect([check, ...(await decide(world, check))]).toEqual([check, checks[check]]);
  });
});

test('every second one of a chain is out, however far from the circle at its end', async () => {
  const chain = Array.from({ length: 20 }, (_, index) => `doc:${index}`);
  const text = dsl({ ...groups, doc: { viewer: '[user] but not banned', banned: '[doc#viewer, group#member]' } });
  const relationships = [
    ...['group:a#member@group:b#member', 'group:b#member@group:a#member', 'doc:19#banned@group:a#member'],
    ...chain.map((doc) => `${doc}#viewer@user:ann`),
    ...chain.slice(1).map((doc, index) => `doc:${index}#banned@${doc}#viewer`),
  ];
  const outcomes = await decide({ dsl: text, relationships }, ...chain.map((doc) => `${doc}#viewer@user:ann`));
  expect(outcomes).toEqual(chain.map((_, index) => (index % 2 === 0 ? 'denied' : 'allowed')));
});

test('a condition that fails inside a circle is not lost', async () => {
  const late = { late: '(hour: int) {\n  hour > 17\n}' };
  const text = dsl({ user: {}, group: { member: '[user with late, group#member]' } }, late);
  const relationships = [
    ...['group:a#member@group:b#member', 'group:b#member@group:a#member'],
    relationship('group:b#member@user:ann', { condition: ['late', {}] }),
  ];
  const outcomes = await decide({ dsl: text, relationships }, 'group:a#member@user:ann', 'group:a#member@user:eve');
  expect(outcomes).toEqual(['MISSING_CONTEXT', 'denied']);
});
