import { describe, expect, test } from 'vitest';
import { decide } from '../support/decide.ts';
import { check, dsl, relationship, type Types } from '../support/parse.ts';

interface Case {
  readonly what: string;
  readonly types: Types;
  readonly relationships: readonly string[];
  /** Checks and their outcomes. */
  readonly checks: Readonly<Record<string, string>>;
}

const sharing: Types = {
  user: {},
  bot: {},
  group: { member: '[user, user:*, group#member]', lead: '[user]' },
  doc: {
    viewer: '[user, user:*, group, group:*, group#member]',
    editor: '[user, group#member]',
    banned: '[user, user:*]',
    reader: 'viewer but not banned',
    both: 'viewer and editor',
  },
};

const wildcards: readonly Case[] = [
  {
    what: 'stand for every object of their type, and for themselves',
    types: sharing,
    relationships: ['doc:1#viewer@user:*'],
    checks: {
      'doc:1#viewer@user:ann': 'allowed',
      'doc:1#viewer@user:unheard-of': 'allowed',
      'doc:1#viewer@user:*': 'allowed',
      'doc:2#viewer@user:ann': 'denied',
    },
  },
  {
    what: 'stand for no other type',
    types: { ...sharing, doc: { viewer: '[user:*, bot]' } },
    relationships: ['doc:1#viewer@user:*'],
    checks: { 'doc:1#viewer@bot:1': 'denied', 'doc:1#viewer@bot:*': 'denied', 'doc:1#viewer@user:*': 'allowed' },
  },
  {
    what: 'never stand for a subject set (CVE-2025-25196)',
    types: sharing,
    relationships: ['doc:1#viewer@group:*', 'doc:1#viewer@user:*'],
    checks: {
      'doc:1#viewer@group:eng#member': 'denied',
      'doc:1#viewer@group:eng': 'allowed',
      'doc:1#viewer@group:*': 'allowed',
    },
  },
  {
    what: 'are not held by whoever only holds them one by one',
    types: sharing,
    relationships: ['doc:1#viewer@user:ann', 'doc:1#viewer@group:eng#member', 'group:eng#member@user:ben'],
    checks: { 'doc:1#viewer@user:*': 'denied', 'doc:1#viewer@user:ben': 'allowed' },
  },
  {
    what: 'count inside a subject set',
    types: sharing,
    relationships: ['doc:1#editor@group:all#member', 'group:all#member@user:*'],
    checks: { 'doc:1#editor@user:ann': 'allowed', 'doc:1#editor@user:*': 'allowed', 'doc:1#editor@bot:1': 'denied' },
  },
  {
    what: 'that are subtracted leave nobody',
    types: sharing,
    relationships: ['doc:1#viewer@user:*', 'doc:1#viewer@user:ann', 'doc:1#banned@user:*'],
    checks: { 'doc:1#reader@user:ann': 'denied', 'doc:1#reader@user:*': 'denied' },
  },
  {
    what: 'that others are subtracted from leave everybody else',
    types: sharing,
    relationships: ['doc:1#viewer@user:*', 'doc:1#banned@user:eve'],
    checks: { 'doc:1#reader@user:ann': 'allowed', 'doc:1#reader@user:eve': 'denied', 'doc:1#reader@user:*': 'allowed' },
  },
  {
    what: 'meet what is written for one subject in "and"',
    types: sharing,
    relationships: ['doc:1#viewer@user:*', 'doc:1#editor@user:ann'],
    checks: { 'doc:1#both@user:ann': 'allowed', 'doc:1#both@user:ben': 'denied', 'doc:1#both@user:*': 'denied' },
  },
  {
    what: 'are not objects: an id may only look like one',
    types: sharing,
    relationships: ['doc:1#viewer@user:**'],
    checks: { 'doc:1#viewer@user:**': 'allowed', 'doc:1#viewer@user:*': 'denied', 'doc:1#viewer@user:ann': 'denied' },
  },
];

const sets: readonly Case[] = [
  {
    what: 'hold what is written for them, and what that is computed into',
    types: sharing,
    relationships: ['doc:1#viewer@group:eng#member'],
    checks: {
      'doc:1#viewer@group:eng#member': 'allowed',
      'doc:1#reader@group:eng#member': 'allowed',
      'doc:1#viewer@group:eng#lead': 'denied',
      'doc:1#viewer@group:eng': 'denied',
      'doc:1#viewer@group:ops#member': 'denied',
    },
  },
  {
    what: 'hold what the sets hold that they are in',
    types: sharing,
    relationships: ['doc:1#editor@group:all#member', 'group:all#member@group:eng#member'],
    checks: { 'doc:1#editor@group:eng#member': 'allowed', 'group:eng#member@group:all#member': 'denied' },
  },
  {
    what: 'of two relations of one object are two subjects',
    types: { ...sharing, doc: { viewer: '[group#member] or editor', editor: '[group#lead]' } },
    relationships: ['doc:1#viewer@group:eng#member', 'doc:2#editor@group:eng#lead'],
    checks: {
      'doc:1#viewer@group:eng#lead': 'denied',
      'doc:1#viewer@group:eng#member': 'allowed',
      'doc:2#viewer@group:eng#member': 'denied',
      'doc:2#viewer@group:eng#lead': 'allowed',
    },
  },
  {
    what: 'do not hold what all of their members hold',
    types: sharing,
    relationships: ['group:eng#member@user:ann', 'doc:1#viewer@user:ann'],
    checks: { 'doc:1#viewer@group:eng#member': 'denied' },
  },
  {
    what: 'that are subtracted are out',
    types: { ...sharing, doc: { viewer: '[group#member] but not banned', banned: '[group#member]' } },
    relationships: [
      'doc:1#viewer@group:all#member',
      'group:all#member@group:eng#member',
      'doc:1#banned@group:eng#member',
    ],
    checks: { 'doc:1#viewer@group:eng#member': 'denied', 'doc:1#viewer@group:all#member': 'allowed' },
  },
  {
    what: 'hold themselves, written or not',
    types: sharing,
    relationships: [],
    checks: {
      'group:eng#member@group:eng#member': 'allowed',
      'doc:1#reader@doc:1#reader': 'allowed',
      'doc:1#reader@doc:1#viewer': 'allowed',
      'doc:1#viewer@doc:1#reader': 'denied',
      'doc:1#reader@doc:1#banned': 'denied',
      'doc:1#both@doc:1#both': 'allowed',
      'doc:1#both@doc:1#viewer': 'denied',
      'doc:1#viewer@doc:2#viewer': 'denied',
      'doc:1#editor@doc:1#viewer': 'denied',
    },
  },
  {
    what: 'hold themselves through others',
    types: {
      ...sharing,
      folder: { viewer: '[user, group#member]' },
      doc: { parent: '[folder]', viewer: 'viewer from parent' },
    },
    relationships: ['doc:1#parent@folder:1', 'folder:1#viewer@group:eng#member'],
    checks: {
      'doc:1#viewer@folder:1#viewer': 'allowed',
      'doc:1#viewer@group:eng#member': 'allowed',
      'doc:1#viewer@folder:2#viewer': 'denied',
    },
  },
];

describe.each([
  ['wildcards', wildcards],
  ['subject sets', sets],
])('%s', (_name, cases) => {
  test.each(cases)('$what', async ({ types, relationships, checks }) => {
    const outcomes = await decide({ dsl: dsl(types), relationships }, ...Object.keys(checks));
    expect(outcomes).toEqual(Object.values(checks));
  });
});

test.each<[text: string, outcome: string]>([
  ['dco:1#viewer@user:ann', 'UNKNOWN_TYPE'],
  ['doc:1#viewr@user:ann', 'UNKNOWN_RELATION'],
  ['doc:1#viewer@usr:ann', 'UNKNOWN_TYPE'],
  ['doc:1#viewer@usr:*', 'UNKNOWN_TYPE'],
  ['doc:1#viewer@group:eng#membr', 'UNKNOWN_RELATION'],
  ['constructor:1#viewer@user:ann', 'UNKNOWN_TYPE'],
  ['doc:1#__proto__@user:ann', 'UNKNOWN_RELATION'],
  ['doc:__proto__#viewer@user:constructor', 'allowed'],
  ['doc:constructor#viewer@user:constructor', 'denied'],
])('%s comes to %s, and to nothing else in the batch', async (text, outcome) => {
  const world = {
    dsl: dsl(sharing),
    relationships: ['doc:__proto__#viewer@user:constructor', 'doc:1#viewer@user:ann'],
  };
  const good = 'doc:1#viewer@user:ann';
  expect(await decide(world, good, text, good)).toEqual(['allowed', outcome, 'allowed']);
});

test('checks that differ only in their context are different questions', async () => {
  const text = dsl({ user: {}, doc: { viewer: '[user with late]' } }, { late: '(hour: int) {\n  hour > 17\n}' });
  const relationships = [relationship('doc:1#viewer@user:ann', { condition: ['late', {}] })];
  const asked = [{ hour: 18 }, { hour: 3 }, {}, { hour: '18' }, { hour: 18, other: [1, { b: 2, a: 1 }] }];
  const checks = asked.map((values) => check('doc:1#viewer@user:ann', values));
  expect(await decide({ dsl: text, relationships }, ...checks)).toEqual([
    ...['allowed', 'denied', 'MISSING_CONTEXT', 'allowed', 'allowed'],
  ]);
});
