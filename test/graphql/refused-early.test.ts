import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { codesOf, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

/** What is refused whatever other writes do is refused while one of them holds the lock, and does not wait for it. */

const database = useDatabase();
const server = usePosternServer(database, { store: office });
let owner: Sql;
beforeAll(() => {
  owner = connectAsOwner(database(), 1);
});
afterAll(() => owner.end());

const brokenModel = 'model\n  schema 1.1\ntype user\n  relations\n    define a: b\n';
const publishing = (text: string) =>
  `publishAuthorizationModel(input: { dsl: ${JSON.stringify(text)}, activate: true })`;

const invalid: readonly (readonly [what: string, as: string, mutation: string, code: string])[] = [
  [
    'a type',
    'user:adam',
    'grantRole(input: { object: "foldr:plans", role: "viewer", subject: "user:max" })',
    'UNKNOWN_TYPE',
  ],
  [
    'a role',
    'user:adam',
    'grantRole(input: { object: "folder:plans", role: "viewr", subject: "user:max" })',
    'UNKNOWN_RELATION',
  ],
  [
    'whom it is given',
    'user:adam',
    'grantRole(input: { object: "folder:plans", role: "viewer", subject: "usr:max" })',
    'UNKNOWN_TYPE',
  ],
  [
    'whom it is taken from',
    'user:adam',
    'revokeRole(input: { object: "folder:plans", role: "viewer", subject: "usr:max" })',
    'UNKNOWN_TYPE',
  ],
  [
    'a set',
    'user:adam',
    'revokeRole(input: { object: "folder:plans", role: "editor", subject: "team:press#membr" })',
    'UNKNOWN_RELATION',
  ],
  [
    'who had it',
    'user:adam',
    'transferRole(input: { object: "folder:plans", role: "editor", from: "usr:a", to: "user:b" })',
    'UNKNOWN_TYPE',
  ],
  [
    'who is to have it',
    'user:adam',
    'transferRole(input: { object: "folder:plans", role: "editor", from: "team:writers#member", to: "usr:b" })',
    'UNKNOWN_TYPE',
  ],
  [
    'whose it is',
    'user:adam',
    'extendGrant(input: { object: "folder:plans", role: "editor", subject: "usr:a", expiresAt: null })',
    'UNKNOWN_TYPE',
  ],
  [
    'a condition',
    'user:adam',
    'extendGrant(input: { object: "folder:plans", role: "editor", subject: "team:writers#member", condition: { name: "in_regio", context: {} } })',
    'UNKNOWN_CONDITION',
  ],
  ['who leaves', 'service:ops', 'offboardSubject(input: { subject: "usr:max" })', 'UNKNOWN_TYPE'],
  ['what goes', 'service:ops', 'retireObject(input: { object: "foldr:plans" })', 'UNKNOWN_TYPE'],
  ['what is named nowhere', 'service:ops', 'retireObject(input: { object: "folder:plnas" })', 'NOT_FOUND'],
  ['who is named nowhere', 'service:ops', 'offboardSubject(input: { subject: "user:mxa" })', 'NOT_FOUND'],
  [
    'what is written',
    'service:ops',
    'writeRelationships(input: { writes: [{ object: "folder:plans", relation: "viewr", subject: "user:max" }] })',
    'UNKNOWN_RELATION',
  ],
  [
    'what is deleted',
    'service:ops',
    'writeRelationships(input: { deletes: [{ object: "folder:plans", relation: "viewr", subject: "user:max" }] })',
    'UNKNOWN_RELATION',
  ],
  ['a model', 'service:ops', publishing(brokenModel), 'INVALID_MODEL'],
  [
    'what is proposed',
    'user:adam',
    'proposeChange(input: { writes: [{ object: "folder:plans", relation: "viewr", subject: "user:max" }], reason: "r" })',
    'UNKNOWN_RELATION',
  ],
  ['which model', 'service:ops', 'activateAuthorizationModel(input: { id: "9" })', 'UNKNOWN_MODEL'],
];

/** Asks while somebody else's write holds the lock. */
function askMeanwhile(mutation: string, as: string) {
  return owner.begin(async (sql) => {
    await sql`select from store for no key update`;
    server().takeStatements();
    return server().ask(`mutation { ${mutation} { userErrors { code } } }`, { as });
  });
}

/** An attempt at a proposal that there is not is in the log, like one at another's; and the log is behind the lock. */
const onProposals = ['approveProposal', 'rejectProposal', 'withdrawProposal'];

test('every mutation is in the table', async () => {
  const { data } = await server().ask('{ __schema { mutationType { fields { name } } } }');
  const { fields } = (data as { __schema: { mutationType: { fields: { name: string }[] } } }).__schema.mutationType;
  const named = new Set(invalid.map(([, , mutation]) => mutation.split('(')[0]));
  expect([...named, ...onProposals].toSorted()).toEqual(fields.map(({ name }) => name).toSorted());
});

test.each(invalid)('a wrong name, %s, is refused without the lock: %s, %s', async (_, as, mutation, code) => {
  const answer = await askMeanwhile(mutation, as);
  expect(codesOf(answer)).toEqual([]);
  expect(Object.values(answer.data as object)).toEqual([{ userErrors: [{ code }] }]);
  expect(
    server()
      .takeStatements()
      .filter((text) => /for no key update/.test(text)),
  ).toEqual([]);
});
