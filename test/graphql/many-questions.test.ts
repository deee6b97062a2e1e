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

const repeated = (field: string, times: number) => Array.from({ length: times }, (_, n) => `a${n}: ${field}`).join(' ');

/** Fields that each open a snapshot of their own; anybody with a token may send them. */
const fields = [
  ['viewer lists', 'viewer', 'tracks(permission: CAN_EDIT) { isCutShort }'],
  ['viewer permissions of nothing', 'viewer', 'permissions(objects: []) { object }'],
  ['explanations', '', 'explainPermission(subject: "user:eve", permission: "can_edit", object: "track:1") { text }'],
  ['object lists', '', 'accessibleObjects(subject: "user:eve", permission: "can_edit", type: "track") { isCutShort }'],
  [
    'subject lists',
    '',
    'subjectsWithAccess(object: "track:1", permission: "can_edit", subjectType: "user") { isCutShort }',
  ],
  ['checks', '', 'checkPermissions(input: { checks: [] }) { consistencyToken }'],
  ['reviews', '', 'accessReview(object: "track:1") { isCutShort }'],
  ['relationships', '', 'accessRelationships(filter: { object: "track:1" }) { edges { cursor } }'],
  ['models', '', 'authorizationModels { edges { cursor } }'],
  ['roles', '', 'objectRoles(object: "track:1") { role }'],
  ['known objects', '', 'knownObjects(type: "track") { isCutShort }'],
  ['holdings', '', 'subjectHoldings(subject: "user:eve") { isComplete }'],
  ['objects by type', 'viewer', 'objects(type: "track", permission: "can_edit") { isCutShort }'],
  ['single audit events', '', 'accessAuditEvent(id: "1") { id }'],
  ['heads of the audit log', '', 'auditLogHead { length }'],
  ['models by number', '', 'authorizationModel(id: "1") { id }'],
  ['audit events', '', 'accessAuditEvents { isCutShort }'],
] as const;

/**
 * An answer does not wait for what nobody will see any more of it: until none of it runs in the database, and nothing was
 * sent to it for as long as two looks at it take.
 */
async function untilQuiet(): Promise<void> {
  let busy = 1;
  do {
    server().takeStatements();
    [{ busy } = { busy: 1 }] = await owner<{ busy: number }[]>`
      select count(*) as busy from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`;
    await server().ask('{ viewer { subject } }');
  } while (busy > 0 || server().takeStatements().length > 0);
}

test.each(fields)('one request cannot ask for hundreds of %s, whatever their aliases', async (_what, parent, field) => {
  const many = repeated(field, 150);
  await untilQuiet();
  const answer = await server().ask(parent === '' ? `{ ${many} }` : `{ ${parent} { ${many} } }`, { as: 'user:eve' });
  expect(codesOf(answer)).toContain('BAD_USER_INPUT');
  expect(server().takeStatements().length).toBeLessThan(500);
});

test('one request cannot carry hundreds of mutations: each that is refused stays in the log for good', async () => {
  const { length } = await server().running.postern.store.audit.head();
  const grant = 'grantRole(input: { object: "track:1", role: "editor", subject: "user:eve" }) { userErrors { code } }';
  const answer = await server().ask(`mutation { ${repeated(grant, 150)} }`, { as: 'user:mallory' });
  expect(codesOf(answer)).toContain('BAD_USER_INPUT');
  expect((await server().running.postern.store.audit.head()).length - length).toBeLessThanOrEqual(25);
});
