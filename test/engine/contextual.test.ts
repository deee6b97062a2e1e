import { describe, expect, test } from 'vitest';
import type { Relationship } from '../../src/model/relationship.ts';
import { decide } from '../support/decide.ts';
import { now } from '../support/memory-edges.ts';
import { dsl, relationship, type Types } from '../support/parse.ts';

const types: Types = {
  user: {},
  group: { member: '[user, group#member]' },
  folder: { viewer: '[user]' },
  doc: {
    parent: '[folder, folder with late]',
    viewer: '[user, user with late, user:*, user:* with late, group#member, group#member with late]',
    banned: '[user, user with late]',
    inherited: 'viewer from parent',
    reader: 'viewer but not banned',
  },
};
const text = dsl(types, { late: '(hour: int) {\n  hour > 17\n}' });

type Given = readonly (string | Relationship)[];

const at = (triple: string, hour?: number): Relationship =>
  relationship(triple, { condition: ['late', hour === undefined ? {} : { hour }] });
const [yes, no] = [18, 3];
const ann = 'doc:1#viewer@user:ann';
const all = 'doc:1#viewer@user:*';
const team = 'doc:1#viewer@group:eng#member';
const inTeam = 'group:eng#member@user:ann';
const inFolder = 'doc:1#parent@folder:1';
const ofFolder = 'folder:1#viewer@user:ann';
const past = new Date(now.getTime() - 1);

interface Case {
  readonly what: string;
  readonly stored: Given;
  readonly contextual: Given;
  readonly outcome: string;
  readonly check?: string;
}

const hiding: readonly Case[] = [
  { what: 'one that holds gives', stored: [], contextual: [at(ann, yes)], outcome: 'allowed' },
  { what: 'one that does not hold hides the stored one', stored: [ann], contextual: [at(ann, no)], outcome: 'denied' },
  { what: 'so does one that is undecided', stored: [ann], contextual: [at(ann)], outcome: 'MISSING_CONTEXT' },
  {
    what: 'one that holds hides a stored one that does not',
    stored: [at(ann, no)],
    contextual: [ann],
    outcome: 'allowed',
  },
  {
    what: 'one that has expired hides nothing',
    stored: [ann],
    contextual: [relationship(ann, { expiresAt: past })],
    outcome: 'allowed',
  },
  {
    what: 'of another relation hides nothing',
    stored: [ann],
    contextual: [at('doc:1#banned@user:ann', no)],
    outcome: 'allowed',
  },
  {
    what: 'on another object hides nothing',
    stored: [ann],
    contextual: [at('doc:2#viewer@user:ann', no)],
    outcome: 'allowed',
  },
  {
    what: 'for another subject hides nothing',
    stored: [ann],
    contextual: [at('doc:1#viewer@user:eve', no)],
    outcome: 'allowed',
  },
  { what: 'hides no wildcard', stored: [all], contextual: [at(ann, no)], outcome: 'allowed' },
  { what: 'hides no subject set', stored: [team, inTeam], contextual: [at(ann, no)], outcome: 'allowed' },
  {
    what: 'hides a ban, too',
    stored: [ann, 'doc:1#banned@user:ann'],
    contextual: [at('doc:1#banned@user:ann', no)],
    outcome: 'allowed',
    check: 'doc:1#reader@user:ann',
  },
];

const adding: readonly Case[] = [
  { what: 'a wildcard beside the stored one', stored: [all], contextual: [at(all, no)], outcome: 'allowed' },
  {
    what: 'a wildcard that holds beside a stored one that does not',
    stored: [at(all, no)],
    contextual: [all],
    outcome: 'allowed',
  },
  { what: 'a wildcard does not hide one subject', stored: [ann], contextual: [at(all, no)], outcome: 'allowed' },
  {
    what: 'a subject set beside the stored one',
    stored: [team, inTeam],
    contextual: [at(team, no)],
    outcome: 'allowed',
  },
  { what: 'a member of a stored subject set', stored: [team], contextual: [inTeam], outcome: 'allowed' },
  { what: 'a subject set with stored members', stored: [inTeam], contextual: [team], outcome: 'allowed' },
  {
    what: 'a parent beside the stored one',
    stored: [inFolder, ofFolder],
    contextual: [at(inFolder, no)],
    outcome: 'allowed',
    check: 'doc:1#inherited@user:ann',
  },
  {
    what: 'a parent that holds',
    stored: [at(inFolder, no), ofFolder],
    contextual: [inFolder],
    outcome: 'allowed',
    check: 'doc:1#inherited@user:ann',
  },
  {
    what: 'everything, with nothing stored',
    stored: [],
    contextual: [inFolder, ofFolder],
    outcome: 'allowed',
    check: 'doc:1#inherited@user:ann',
  },
  {
    what: 'a ban',
    stored: [ann],
    contextual: ['doc:1#banned@user:ann'],
    outcome: 'denied',
    check: 'doc:1#reader@user:ann',
  },
  {
    what: 'nothing that the model does not admit',
    stored: [],
    contextual: ['doc:1#viewer@folder:1#viewer', ofFolder],
    outcome: 'denied',
  },
  { what: 'the same one twice', stored: [], contextual: [ann, ann], outcome: 'allowed' },
];

describe.each([
  ['a contextual relationship to one subject takes the place of the stored one', hiding],
  ['other contextual relationships are only added', adding],
])('%s', (_name, cases) => {
  test.each(cases)('$what', async ({ stored, contextual, outcome, check = ann }) => {
    expect(await decide({ dsl: text, relationships: stored, contextual }, check)).toEqual([outcome]);
  });
});

test('contextual relationships are for every check of the batch, and for no other', async () => {
  const world = { dsl: text, relationships: ['doc:2#viewer@user:ann'] };
  const checks = ['doc:1#viewer@user:ann', 'doc:2#viewer@user:ann', 'doc:1#viewer@user:eve'];
  expect(await decide({ ...world, contextual: [ann] }, ...checks)).toEqual(['allowed', 'allowed', 'denied']);
  expect(await decide(world, ...checks)).toEqual(['denied', 'allowed', 'denied']);
});
