import { describe, expect, test } from 'vitest';
import { findReachableSubjects } from '../../src/model/reachable-subjects.ts';
import { dsl, model, subject } from '../support/parse.ts';

const company = model(
  dsl({
    user: {},
    bot: {},
    guest: {},
    team: { member: '[user, team#member]', lead: '[user]' },
    folder: { parent: '[folder]', owner: '[user]', viewer: '[bot] or owner or viewer from parent' },
    wiki: { viewer: '[guest:*]' },
    doc: {
      parent: '[folder, wiki]',
      editor: '[user, team#member]',
      public: '[user:*]',
      inherited: 'viewer from parent',
      both: 'editor and viewer from parent',
      allowed: 'editor but not banned',
      banned: '[guest]',
      relayed: '[doc#inherited]',
    },
  }),
);

const reachable = findReachableSubjects(company);

function canReach(type: string, relation: string, text: string): boolean | undefined {
  const found = company.types.get(type)?.relations.get(relation);
  return found && reachable.canReach(found, subject(text));
}

const subjects = [
  'user:ann',
  'user:*',
  'bot:1',
  'guest:1',
  'guest:*',
  'team:eng#member',
  'team:eng#lead',
  'doc:1#editor',
];

describe.each<[type: string, relation: string, reached: readonly string[]]>([
  ['team', 'member', ['user:ann', 'user:*', 'team:eng#member']],
  ['team', 'lead', ['user:ann', 'user:*', 'team:eng#lead']],
  ['folder', 'owner', ['user:ann', 'user:*']],
  ['folder', 'viewer', ['user:ann', 'user:*', 'bot:1']],
  ['folder', 'parent', []],
  ['wiki', 'viewer', ['guest:1', 'guest:*']],
  ['doc', 'editor', ['user:ann', 'user:*', 'team:eng#member', 'doc:1#editor']],
  ['doc', 'public', ['user:ann', 'user:*']],
  ['doc', 'inherited', ['user:ann', 'user:*', 'bot:1', 'guest:1', 'guest:*']],
  ['doc', 'both', ['user:ann', 'user:*', 'bot:1', 'guest:1', 'guest:*', 'team:eng#member', 'doc:1#editor']],
  ['doc', 'allowed', ['user:ann', 'user:*', 'team:eng#member', 'doc:1#editor']],
  ['doc', 'banned', ['guest:1', 'guest:*']],
  ['doc', 'relayed', ['user:ann', 'user:*', 'bot:1', 'guest:1', 'guest:*']],
])('%s#%s', (type, relation, reached) => {
  test.each(subjects.map((text) => [text]))('%s', (text) => {
    expect(canReach(type, relation, text)).toBe(reached.includes(text));
  });
});

test.each([
  ['folder:1', 'folder', 'parent', true],
  ['doc:1#inherited', 'doc', 'relayed', true],
  ['doc:1#relayed', 'doc', 'inherited', false],
  ['folder:1#owner', 'doc', 'inherited', true],
  ['wiki:1#viewer', 'doc', 'inherited', true],
  ['doc:1#banned', 'doc', 'allowed', false],
  ['unknown:1', 'doc', 'inherited', false],
  ['doc:1#unknown', 'doc', 'inherited', false],
])('%s can be in %s#%s: %j', (text, type, relation, expected) => {
  expect(canReach(type, relation, text)).toBe(expected);
});
