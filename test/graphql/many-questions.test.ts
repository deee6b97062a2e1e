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
] as const;

test.each(fields)('one request cannot ask for hundreds of %s, whatever their aliases', async (_what, parent, field) => {
  const many = repeated(field, 150);
  server().takeStatements();
  const answer = await server().ask(parent === '' ? `{ ${many} }` : `{ ${parent} { ${many} } }`, { as: 'user:eve' });
  expect(codesOf(answer)).toContain('BAD_USER_INPUT');
  expect(server().takeStatements().length).toBeLessThan(500);
});
