import { expect, test } from 'vitest';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import { containmentOf } from '../../src/model/containment.ts';
import type { Model } from '../../src/model/model.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { rolesOf } from '../../src/model/roles.ts';
import { unwrap } from '../support/parse.ts';

const creators = unwrap(parseModel(await readModelFile('examples/creators/fga.mod'))).model;

function rolesIn(model: Model, name: string): readonly string[] {
  const type = model.types.get(name);
  return type === undefined ? [] : rolesOf(model, type).map((role) => role.name);
}

const parentsIn = (model: Model, name: string) =>
  containmentOf(model).flatMap((relation) => (relation.type === name ? [relation.name] : []));

test.each<readonly [type: string, roles: readonly string[], belongs: readonly string[]]>([
  ['user', [], []],
  ['platform', ['checker', 'operator', 'reader', 'security', 'writer'], []],
  ['capability', ['caller'], ['platform']],
  ['team', ['lead', 'member'], ['organization']],
  ['role_binding', ['assignee', 'money_assignee'], ['organization']],
  ['payout_account', [], ['organization']],
  ['payout_run', ['created_by'], ['account']],
  ['label', ['admin', 'editor', 'finance', 'reader'], ['organization', 'parent']],
  ['artist', ['admin', 'editor', 'reader', 'royalty_viewer'], ['organization']],
  ['album', ['collaborator', 'prerelease_listener', 'released'], ['label', 'self_released_by']],
  ['track', ['collaborator', 'payee'], ['album']],
])('of %s: %j; it belongs to its %j', (type, roles, belongs) => {
  expect(rolesIn(creators, type)).toEqual(roles);
  expect(parentsIn(creators, type).toSorted()).toEqual(belongs);
});

const head = `model
  schema 1.1
type user
type org
  relations
    define admin: [user]
type group
  relations
    define member: [user]
type doc
  relations
`;

test.each<readonly [relations: string, roles: readonly string[]]>([
  ['define org: [org]\n    define can_see: admin from org', []],
  // A user has no "admin", so a user is assigned for its own sake.
  ['define org: [org, user]\n    define can_see: admin from org', ['org']],
  ['define org: [org]\n    define can_see: org or admin from org', ['org']],
  ['define org: [org]\n    define can_see: admin', ['org']],
  ['define org: [org]\n    define friends: [doc#org]\n    define can_see: admin from org', ['friends', 'org']],
  ['define org: [org, group]\n    define can_see: admin from org', ['org']],
  ['define org: [org, group]\n    define can_see: admin from org or member from org', []],
  ['define a: [user]\n    define Z: [user]\n    define can_see: a', ['Z', 'a']],
])('of doc with %j: %j', (relations, roles) => {
  const admin = relations.endsWith('can_see: admin') ? '    define admin: [user]\n' : '';
  const expected = admin === '' ? roles : ['admin', ...roles];
  const dsl = `${head}${admin}    ${relations}`;
  expect(rolesIn(unwrap(parseModel({ kind: 'dsl', dsl })).model, 'doc')).toEqual(expected);
});
