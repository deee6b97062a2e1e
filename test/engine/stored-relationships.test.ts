import { describe, expect, test } from 'vitest';
import { decide, type World } from '../support/decide.ts';
import { now } from '../support/memory-edges.ts';
import { check, dsl, type RelationshipParts, relationship, type Types } from '../support/parse.ts';

const conditions = { late: '(hour: int) {\n  hour > 17\n}', early: '(hour: int) {\n  hour < 8\n}' };
const late: RelationshipParts = { condition: ['late', { hour: 18 }] };
const early: RelationshipParts = { condition: ['early', { hour: 3 }] };

/** Names both conditions, so that a model may use either of them. */
const uses = { uses: '[user with late, user with early]' };
const people: Types = { user: {}, bot: {}, group: { member: '[user]', lead: '[user]', ...uses } };
const everybody = ['group:1#member@user:ann', 'group:1#lead@user:ann'];

describe('what the model does not admit to the letter counts for nothing', () => {
  test.each<[admitted: string, written: string, parts: RelationshipParts, outcome: string]>([
    ['[user]', 'user:ann', {}, 'allowed'],
    ['[user]', 'user:ann', late, 'denied'],
    ['[user]', 'user:*', {}, 'denied'],
    ['[user]', 'bot:ann', {}, 'denied'],
    ['[user]', 'group:1#member', {}, 'denied'],
    ['[bot]', 'user:ann', {}, 'denied'],
    ['[user:*]', 'user:*', {}, 'allowed'],
    ['[user:*]', 'user:ann', {}, 'denied'],
    ['[user:*]', 'user:*', late, 'denied'],
    ['[user:* with late]', 'user:*', late, 'allowed'],
    ['[user:* with late]', 'user:*', {}, 'denied'],
    ['[user:* with late]', 'user:*', early, 'denied'],
    ['[user:* with late, user]', 'user:ann', {}, 'allowed'],
    ['[user:* with late, user]', 'user:ann', late, 'denied'],
    ['[user:* with late, user]', 'user:*', {}, 'denied'],
    ['[user:*, user with late]', 'user:*', late, 'denied'],
    ['[user with late]', 'user:ann', late, 'allowed'],
    ['[user with late]', 'user:ann', {}, 'denied'],
    ['[user with late]', 'user:ann', early, 'denied'],
    ['[user, user with late]', 'user:ann', late, 'allowed'],
    ['[group#member]', 'group:1#member', {}, 'allowed'],
    ['[group#member]', 'group:1#lead', {}, 'denied'],
    ['[group#member]', 'group:1#member', late, 'denied'],
    ['[group, group#member with late]', 'group:1#member', {}, 'denied'],
    ['[group, group#member with late]', 'group:1#member', late, 'allowed'],
    ['[group#lead, group#member with late]', 'group:1#member', {}, 'denied'],
    ['[group#lead, group#member with late]', 'group:1#lead', late, 'denied'],
    ['[group#lead, group#member with late]', 'group:1#lead', {}, 'allowed'],
  ])('%s and %s with %j: %s', async (admitted, written, parts, outcome) => {
    const text = dsl({ ...people, doc: { viewer: admitted } }, conditions);
    const relationships = [...everybody, relationship(`doc:1#viewer@${written}`, parts)];
    expect(await decide({ dsl: text, relationships }, 'doc:1#viewer@user:ann')).toEqual([outcome]);
  });

  test.each<[admitted: string, written: string, parts: RelationshipParts, outcome: string]>([
    ['[folder]', 'folder:1', {}, 'allowed'],
    ['[folder]', 'folder:1', late, 'denied'],
    ['[folder with late]', 'folder:1', {}, 'denied'],
    ['[folder with late]', 'folder:1', late, 'allowed'],
    ['[folder]', 'folder:*', {}, 'denied'],
    ['[folder]', 'folder:1#viewer', {}, 'denied'],
    ['[wiki, folder]', 'wiki:1', {}, 'denied'],
    ['[wiki]', 'folder:1', {}, 'denied'],
    ['[wiki, folder]', 'folder:1', {}, 'allowed'],
    ['[folder]', 'folder:1', { condition: ['gone', {}] }, 'denied'],
    ['[folder]', 'gone:1', {}, 'denied'],
  ])('parents %s and %s with %j: %s', async (admitted, written, parts, outcome) => {
    const types = { ...people, folder: { viewer: '[user]' }, wiki: { owner: '[user]', viewer: '[bot]' } };
    const text = dsl({ ...types, doc: { parent: admitted, viewer: 'viewer from parent' } }, conditions);
    const relationships = ['folder:1#viewer@user:ann', 'wiki:1#owner@user:ann'];
    const parent = relationship(`doc:1#parent@${written}`, parts);
    expect(await decide({ dsl: text, relationships: [...relationships, parent] }, 'doc:1#viewer@user:ann')).toEqual([
      outcome,
    ]);
  });
});

describe('parents', () => {
  const types: Types = {
    user: {},
    folder: { viewer: '[user]' },
    shelf: {},
    doc: { parent: '[folder, shelf, folder with late, shelf with late]', viewer: 'viewer from parent' },
  };
  const text = dsl(types, { late: conditions.late });
  const viewer = 'folder:1#viewer@user:ann';
  const unknownHour = relationship('doc:1#parent@folder:1', { condition: ['late', {}] });

  test.each<[what: string, relationships: World['relationships'], outcome: string]>([
    ['none', [viewer], 'denied'],
    ['one without the relation gives nothing', ['doc:1#parent@shelf:1', viewer], 'denied'],
    [
      'one without the relation is no error beside another',
      ['doc:1#parent@shelf:1', 'doc:1#parent@folder:1', viewer],
      'allowed',
    ],
    ['nor is its condition', [relationship('doc:1#parent@shelf:1', { condition: ['late', {}] })], 'denied'],
    ['a condition on the way that has no answer', [unknownHour, viewer], 'MISSING_CONTEXT'],
    ['the same where nothing is behind it', [unknownHour], 'denied'],
    ['and hides it', [relationship('doc:1#parent@folder:1', { condition: ['late', { hour: 3 }] }), viewer], 'denied'],
    [
      'an undecided one beside one that allows',
      [unknownHour, 'doc:1#parent@folder:2', 'folder:2#viewer@user:ann'],
      'allowed',
    ],
    ['an undecided one beside one that denies', [unknownHour, viewer, 'doc:1#parent@folder:2'], 'MISSING_CONTEXT'],
  ])('%s', async (_what, relationships, outcome) => {
    expect(await decide({ dsl: text, relationships: relationships ?? [] }, 'doc:1#viewer@user:ann')).toEqual([outcome]);
  });
});

test('what can never lead to the subject is no error, whatever its condition says', async () => {
  const types: Types = {
    user: {},
    bot: {},
    group: { member: '[user]', machine: '[bot]' },
    doc: { viewer: '[user, group#member, group#machine with late]' },
  };
  const world = {
    dsl: dsl(types, { late: conditions.late }),
    relationships: [relationship('doc:1#viewer@group:1#machine', { condition: ['late', {}] }), 'group:1#machine@bot:1'],
  };
  const outcomes = await decide(world, 'doc:1#viewer@user:ann', 'doc:1#viewer@bot:1');
  expect(outcomes).toEqual(['denied', 'MISSING_CONTEXT']);
});

describe('conditions', () => {
  const text = dsl({ user: {}, doc: { viewer: '[user with late]' } }, { late: conditions.late });
  const written = (context: object) => relationship('doc:1#viewer@user:ann', { condition: ['late', { ...context }] });

  test.each<[stored: object, asked: object, outcome: string]>([
    [{ hour: 18 }, {}, 'allowed'],
    [{ hour: 3 }, {}, 'denied'],
    [{}, { hour: 18 }, 'allowed'],
    [{}, { hour: 3 }, 'denied'],
    [{}, {}, 'MISSING_CONTEXT'],
    [{}, { huor: 18 }, 'MISSING_CONTEXT'],
    [{ hour: 3 }, { hour: 18 }, 'denied'],
    [{ hour: 18 }, { hour: 3 }, 'allowed'],
    [{ hour: 18 }, { hour: 'soon' }, 'allowed'],
    [{}, { hour: 'soon' }, 'INVALID_CONTEXT'],
    [{ hour: 'soon' }, { hour: 18 }, 'INVALID_CONTEXT'],
    [{ hour: 18, more: 1 }, {}, 'allowed'],
  ])('written with %j and asked with %j: %s', async (stored, asked, outcome) => {
    const world = { dsl: text, relationships: [written(stored)] };
    expect(await decide(world, check('doc:1#viewer@user:ann', { ...asked }))).toEqual([outcome]);
  });
});

describe('time', () => {
  const beforeNoon = { before: '(current_time: timestamp, limit: timestamp) {\n  current_time < limit\n}' };
  const text = dsl({ user: {}, doc: { viewer: '[user, user with before]' } }, beforeNoon);
  const at = (offset: number) => new Date(now.getTime() + offset);
  const viewer = 'doc:1#viewer@user:ann';

  test.each([
    [-1, 'denied'],
    [0, 'denied'],
    [1, 'allowed'],
  ])('a relationship that expires %j ms after now: %s', async (offset, outcome) => {
    const expiring = relationship(viewer, { expiresAt: at(offset) });
    expect(await decide({ dsl: text, relationships: [expiring] }, viewer)).toEqual([outcome]);
    expect(await decide({ dsl: text, contextual: [expiring] }, viewer)).toEqual([outcome]);
  });

  test.each([
    [-1, 'allowed'],
    [0, 'allowed'],
    [1, 'denied'],
  ])('a relationship that begins %j ms after now: %s', async (offset, outcome) => {
    const beginning = relationship(viewer, { startsAt: at(offset), expiresAt: at(offset + 2) });
    expect(await decide({ dsl: text, relationships: [beginning] }, viewer)).toEqual([outcome]);
    expect(await decide({ dsl: text, contextual: [beginning] }, viewer)).toEqual([outcome]);
  });

  test.each<[limit: number, asked: object, outcome: string]>([
    [1, {}, 'allowed'],
    [0, {}, 'denied'],
    [0, { current_time: at(-1).toISOString() }, 'denied'],
    [1, { current_time: at(1).toISOString() }, 'allowed'],
  ])('a limit %j ms after now, asked with %j: %s', async (limit, asked, outcome) => {
    const written = relationship(viewer, { condition: ['before', { limit: at(limit).toISOString() }] });
    const world = { dsl: text, relationships: [written] };
    expect(await decide(world, check(viewer, { ...asked }))).toEqual([outcome]);
  });
});
