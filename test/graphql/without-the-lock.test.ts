import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { codesOf, creatorsStore, usePosternServer } from '../support/postern-server.ts';

const database = useDatabase();
const server = usePosternServer(database, { store: creatorsStore });
let owner: Sql;
beforeAll(() => {
  owner = connectAsOwner(database(), 1);
});
afterAll(() => owner.end());

const track = '{ object: "track:1", role: "payee", subject: "user:eve" }';
const moved = '{ object: "track:1", role: "payee", from: "user:eve", to: "user:kim" }';
const write = '{ object: "track:1", relation: "payee", subject: "user:eve" }';
const dsl = JSON.stringify('model\n  schema 1.1\ntype user\n');

const mutations: readonly (readonly [string, string])[] = [
  ['grantRole', `grantRole(input: ${track})`],
  ['revokeRole', `revokeRole(input: ${track})`],
  ['transferRole', `transferRole(input: ${moved})`],
  ['extendGrant', `extendGrant(input: { object: "track:1", role: "payee", subject: "user:eve", expiresAt: null })`],
  ['offboardSubject', 'offboardSubject(input: { subject: "user:ann" })'],
  ['retireObject', 'retireObject(input: { object: "track:1" })'],
  ['writeRelationships', `writeRelationships(input: { writes: [${write}] })`],
  ['publishAuthorizationModel', `publishAuthorizationModel(input: { dsl: ${dsl} })`],
  ['activateAuthorizationModel', 'activateAuthorizationModel(input: { id: "1" })'],
  ['proposeChange', `proposeChange(input: { writes: [${write}], reason: "x" })`],
  ['approveProposal', 'approveProposal(input: { id: "1", digest: "x" })'],
  ['rejectProposal', 'rejectProposal(input: { id: "1" })'],
  ['withdrawProposal', 'withdrawProposal(input: { id: "1" })'],
];

/** The statements that lock what every write locks, and what was asked meanwhile. */
async function locksOf(query: string, as: string) {
  server().takeStatements();
  const answer = await server().ask(query, { as });
  return {
    answer,
    locks: server()
      .takeStatements()
      .filter((text) => /for no key update/.test(text)).length,
  };
}

test('every mutation is in the table', async () => {
  const { data } = await server().ask('{ __schema { mutationType { fields { name } } } }');
  const { fields } = (data as { __schema: { mutationType: { fields: { name: string }[] } } }).__schema.mutationType;
  expect(mutations.map(([name]) => name).toSorted()).toEqual(fields.map(({ name }) => name).toSorted());
});

test.each(mutations)(
  '%s without the right takes the lock for its entry in the log, and not for itself',
  async (_, field) => {
    const { answer, locks } = await locksOf(`mutation { ${field} { userErrors { code } } }`, 'user:mallory');
    expect([codesOf(answer), locks]).toEqual([['FORBIDDEN'], 1]);
  },
);

test.each([
  ['publishAuthorizationModel', `publishAuthorizationModel(input: { dsl: ${dsl}, dryRun: true })`],
  ['activateAuthorizationModel', 'activateAuthorizationModel(input: { id: "1", dryRun: true })'],
  ['offboardSubject', 'offboardSubject(input: { subject: "user:ann", dryRun: true })'],
  ['retireObject', 'retireObject(input: { object: "track:aurora-1", dryRun: true })'],
])('a dry run of %s is answered while somebody holds the lock', async (_, field) => {
  const answer = await owner.begin(async (sql) => {
    await sql`select from store for no key update`;
    return server().ask(`mutation { ${field} { consistencyToken userErrors { code } } }`, { as: 'employee:oda' });
  });
  expect([answer.errors, codesOf(answer)]).toEqual([[], []]);
  expect(answer.text).toContain('"userErrors":[]');
});
