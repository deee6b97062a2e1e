import { expect, test } from 'vitest';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { dsl, model, type RelationshipParts, relationship } from '../support/parse.ts';

const wiki = model(
  dsl(
    {
      user: {},
      team: { member: '[user, team#member with late]' },
      doc: {
        viewer: '[user with late, user:* with late, team#member]',
        editor: '[user, user:* with early]',
        reader: 'viewer or editor',
      },
    },
    {
      late: '(hour: int, place: string) {\n  hour > 17 && place != ""\n}',
      early: '(hour: int) {\n  hour < 8\n}',
    },
  ),
);

const hour = (value: unknown): RelationshipParts => ({ condition: ['late', { hour: value }] });
const late = hour(18);

test.each<[text: string, parts: RelationshipParts]>([
  ['doc:1#editor@user:ann', {}],
  ['doc:1#editor@user:*', { condition: ['early', {}] }],
  ['doc:1#viewer@user:ann', late],
  ['doc:1#viewer@user:*', late],
  ['doc:1#viewer@user:ann', { condition: ['late', {}] }],
  ['doc:1#viewer@user:ann', { condition: ['late', { place: 'a\\u0000 that is only spelt' }] }],
  ['doc:1#viewer@team:eng#member', {}],
  ['team:a#member@team:b#member', late],
])('%s with %j is taken', (text, parts) => {
  const valid = validateRelationship(wiki, relationship(text, parts));
  expect(valid).toMatchObject({ ok: true, value: { name: relationship(text).relation } });
});

const viewerTakes = 'it takes [user with late, user:* with late, team#member].';
const notTaken = (given: string) => `The relation "viewer" of "doc:1" does not take "${given}"; ${viewerTakes}`;

test.each<[text: string, parts: RelationshipParts, code: string, message: string]>([
  ['docs:1#viewer@user:ann', {}, 'UNKNOWN_TYPE', 'Unknown type "docs". Did you mean "doc"?'],
  ['doc:1#viewer@usr:ann', {}, 'UNKNOWN_TYPE', 'Unknown type "usr". Did you mean "user"?'],
  ['doc:1#viewer@constructor:*', {}, 'UNKNOWN_TYPE', 'Unknown type "constructor".'],
  ['doc:1#viewr@user:ann', {}, 'UNKNOWN_RELATION', 'Unknown relation "viewr" on type "doc". Did you mean "viewer"?'],
  ['doc:1#__proto__@user:ann', {}, 'UNKNOWN_RELATION', 'Unknown relation "__proto__" on type "doc".'],
  [
    'doc:1#viewer@team:a#membr',
    {},
    'UNKNOWN_RELATION',
    'Unknown relation "membr" on type "team". Did you mean "member"?',
  ],
  [
    'doc:1#reader@user:ann',
    {},
    'INVALID_RELATIONSHIP',
    'The relation "reader" of type "doc" is computed and cannot be written.',
  ],
  [
    'team:a#member@team:a#member',
    late,
    'INVALID_RELATIONSHIP',
    'The relationship "team:a#member@team:a#member" always holds and is not written.',
  ],
  ['doc:1#viewer@user:ann', {}, 'INVALID_RELATIONSHIP', notTaken('user:ann')],
  ['doc:1#viewer@user:*', {}, 'INVALID_RELATIONSHIP', notTaken('user:*')],
  ['doc:1#viewer@team:a', {}, 'INVALID_RELATIONSHIP', notTaken('team:a')],
  ['doc:1#viewer@doc:1#editor', {}, 'INVALID_RELATIONSHIP', notTaken('doc:1#editor')],
  ['doc:1#viewer@team:a#member', late, 'INVALID_RELATIONSHIP', notTaken('team:a#member with late')],
  ['doc:1#viewer@user:ann', { condition: ['early', {}] }, 'INVALID_RELATIONSHIP', notTaken('user:ann with early')],
  ['doc:1#viewer@user:ann', { condition: ['nope', {}] }, 'UNKNOWN_CONDITION', 'Unknown condition "nope".'],
  [
    'doc:1#viewer@user:ann',
    { condition: ['late', { hours: 1 }] },
    'INVALID_RELATIONSHIP',
    'The condition "late" has no parameter "hours". Did you mean "hour"?',
  ],
  [
    'doc:1#viewer@user:ann',
    { condition: ['late', JSON.parse('{"__proto__":1}')] },
    'INVALID_RELATIONSHIP',
    'The condition "late" has no parameter "__proto__".',
  ],
  [
    'doc:1#viewer@user:ann',
    hour('soon'),
    'INVALID_CONTEXT',
    'The parameter "hour" of the condition "late" is not a valid int.',
  ],
  [
    'doc:1#viewer@user:ann',
    { condition: ['late', { place: 'x'.repeat(32 * 1024) }] },
    'INVALID_RELATIONSHIP',
    'The context of the condition "late" is larger than 32768 bytes.',
  ],
  [
    'doc:1#viewer@user:ann',
    { condition: ['late', { place: 'a\u0000b' }] },
    'INVALID_CONTEXT',
    'The parameter "place" of the condition "late" contains text that cannot be stored.',
  ],
  [
    'doc:1#viewer@user:ann',
    { condition: ['late', { place: 'a\ud800b' }] },
    'INVALID_CONTEXT',
    'The parameter "place" of the condition "late" contains text that cannot be stored.',
  ],
])('%s with %j is refused: %s', (text, parts, code, message) => {
  const valid = validateRelationship(wiki, relationship(text, parts));
  expect(valid).toEqual({ ok: false, problem: { code, message } });
});
