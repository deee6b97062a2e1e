import { expect, test } from 'vitest';
import { findSubtractingRelations } from '../../src/model/subtracting-relations.ts';
import { dsl, model, type Types } from '../support/parse.ts';

test.each<[what: string, types: Types, subtracting: readonly string[]]>([
  ['nothing', { doc: { viewer: '[user]', can_see: 'viewer' } }, []],
  ['a role that nothing refers to gives', { doc: { viewer: '[user]' } }, []],
  ['a block', { doc: { viewer: '[user]', blocked: '[user]', can_see: 'viewer but not blocked' } }, ['doc#blocked']],
  [
    'a block that comes from above, and what it is made of',
    {
      org: { gone: '[user]', blocked: '[user] or gone', member: '[user] but not blocked' },
      doc: { org: '[org]', blocked: 'blocked from org', can_see: '[user] but not blocked' },
    },
    ['doc#blocked', 'doc#org', 'org#blocked', 'org#gone'],
  ],
  [
    'a role that also gives elsewhere does not only take',
    { doc: { maker: '[user]', checker: '[user]', can_make: 'maker but not checker', can_check: 'checker' } },
    [],
  ],
  [
    'what is taken from what takes gives back',
    { doc: { spared: '[user]', blocked: '[user] but not spared', can_see: '[user] but not blocked' } },
    ['doc#blocked'],
  ],
  [
    'a set takes if it is only ever blocked',
    {
      group: { member: '[user, group#member]' },
      doc: { blocked: '[group#member]', can_see: '[user] but not blocked' },
    },
    ['doc#blocked', 'group#member'],
  ],
])('%s', (_what, types, subtracting) => {
  const found = [...findSubtractingRelations(model(dsl({ user: {}, ...types })))];
  expect(found.map(({ type, name }) => `${type}#${name}`).toSorted()).toEqual(subtracting);
});
