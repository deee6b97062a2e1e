import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, creatorsStore, usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { store: creatorsStore });

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
  ['models by number', '', 'authorizationModel(id: "1") { id }'],
  ['audit events', '', 'accessAuditEvents { isCutShort }'],
] as const;

/** An answer with an error does not wait for the fields beside it, and their refusals are recorded one after the other. */
async function untilQuiet(): Promise<void> {
  let last = 1;
  const sentLately = () => {
    const before = last;
    last = server().takeStatements().length;
    return before + last;
  };
  await expect.poll(sentLately, { interval: 100, timeout: 10_000 }).toBe(0);
}

test.each(fields)('one request cannot ask for hundreds of %s, whatever their aliases', async (_what, parent, field) => {
  const many = repeated(field, 150);
  await untilQuiet();
  const answer = await server().ask(parent === '' ? `{ ${many} }` : `{ ${parent} { ${many} } }`, { as: 'user:eve' });
  expect(codesOf(answer)).toContain('BAD_USER_INPUT');
  expect(server().takeStatements().length).toBeLessThan(500);
});

test('one request cannot carry hundreds of mutations: each that is refused stays in the log for good', async () => {
  await untilQuiet();
  const { length } = await server().running.postern.store.audit.head();
  const grant = 'grantRole(input: { object: "track:1", role: "editor", subject: "user:eve" }) { userErrors { code } }';
  const answer = await server().ask(`mutation { ${repeated(grant, 150)} }`, { as: 'user:mallory' });
  expect(codesOf(answer)).toContain('BAD_USER_INPUT');
  expect((await server().running.postern.store.audit.head()).length - length).toBeLessThanOrEqual(25);
});
