import { describe, expect, test } from 'vitest';
import { isRecord } from '../../src/base/canonical-json.ts';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';

/** `service:asker` may ask about anybody, and read no relationships. */
const store = `
model: |
  model
    schema 1.1
  type user
  type service
  type platform
    relations
      define operator: [service]
      define asker: [service]
      define can_check_any_subject: operator or asker
      define can_read_relationships: operator
      define can_write_relationships: operator
      define can_read_model: operator
      define can_publish_model: operator
      define can_read_audit_log: operator
      define can_manage_access: operator
  type course
    relations
      define teacher: [user, user with in_term]
      define can_read: teacher
      define can_manage_access: teacher or operator from platform
      define platform: [platform]
  condition in_term(term: string) {
    term == "spring"
  }
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: service:asker, relation: asker, object: platform:main }
  - { user: user:olivia, relation: teacher, object: course:algebra }
  - { user: platform:main, relation: platform, object: course:algebra }
`;

const server = usePosternServer(useDatabase(), { store });

/** Every question that takes the name of an object or a subject; both names stand in it as placeholders. */
const questions = [
  '{ viewer { can(permission: "can_read", object: OBJECT) } }',
  '{ viewer { permissions(objects: [OBJECT]) { granted } } }',
  '{ viewer { decisions(checks: [{ permission: "can_read", object: OBJECT }]) { allowed error { code message } } } }',
  '{ _entities(representations: [{ __typename: "Course", id: ID }]) { ... on Course { permissions { canRead } } } }',
  '{ checkPermissions(input: { checks: [{ subject: SUBJECT, permission: "can_read", object: OBJECT }] }) { decisions { allowed error { code message } } } }',
  '{ checkPermissions(input: { checks: [{ subject: "user:stranger", permission: "can_read", object: OBJECT }] }) { decisions { allowed error { code message } } } }',
  '{ explainPermission(subject: "user:stranger", permission: "can_read", object: OBJECT) { text } }',
  '{ explainPermission(subject: SUBJECT, permission: "can_read", object: OBJECT) { text } }',
  '{ accessibleObjects(subject: SUBJECT, permission: "can_read", type: "course") { edges { node } } }',
  '{ subjectsWithAccess(object: OBJECT, permission: "can_read", subjectType: "user") { edges { node } } }',
  '{ accessRelationships(filter: { object: OBJECT, subject: SUBJECT }) { edges { cursor } } }',
  '{ accessReview(object: OBJECT, filter: { subject: SUBJECT }) { edges { cursor } } }',
  '{ accessAuditEvents(filter: { object: OBJECT, subject: SUBJECT, actor: SUBJECT }) { edges { cursor } } }',
  'mutation { grantRole(input: { object: OBJECT, role: "teacher", subject: SUBJECT }) { userErrors { code message } } }',
  'mutation { revokeRole(input: { object: OBJECT, role: "teacher", subject: SUBJECT }) { userErrors { code message } } }',
  'mutation { extendGrant(input: { object: OBJECT, role: "teacher", subject: SUBJECT, expiresAt: null }) { userErrors { code message } } }',
  'mutation { transferRole(input: { object: OBJECT, role: "teacher", from: SUBJECT, to: "user:stranger" }) { userErrors { code message } } }',
  'mutation { offboardSubject(input: { subject: SUBJECT, dryRun: true }) { userErrors { code message } } }',
  'mutation { retireObject(input: { object: OBJECT, dryRun: true }) { userErrors { code message } } }',
  'mutation { writeRelationships(input: { writes: [{ object: OBJECT, relation: "teacher", subject: SUBJECT }] }) { userErrors { code message } } }',
  'mutation { writeRelationships(input: { deletes: [{ object: OBJECT, relation: "teacher", subject: SUBJECT }] }) { userErrors { code message } } }',
];

async function answerTo(question: string, [object, subject]: readonly [string, string], as: string) {
  const query = question
    .replaceAll('OBJECT', JSON.stringify(`course:${object}`))
    .replaceAll('ID', JSON.stringify(object))
    .replaceAll('SUBJECT', JSON.stringify(`user:${subject}`));
  const { text } = await server().ask(query, { as });
  const body: unknown = JSON.parse(text, (key, value: unknown) => (key === 'locations' ? undefined : value));
  const without = JSON.parse(
    JSON.stringify(body).replaceAll(object, 'OBJECT').replaceAll(subject, 'SUBJECT'),
  ) as unknown;
  return { body: without, notices: isRecord(body) && isRecord(body.extensions) ? body.extensions.notices : undefined };
}

describe.each(questions)('%s', (question) => {
  test('says the same to a stranger about names that are there and names that are not', async () => {
    const there = await answerTo(question, ['algebra', 'olivia'], 'user:stranger');
    const missing = await answerTo(question, ['algbera', 'olvia'], 'user:stranger');
    expect(missing).toEqual(there);
    expect(missing.notices).toBeUndefined();
  });

  test('tells nothing of names to those who may ask about anybody and read no relationships', async () => {
    const { notices } = await answerTo(question, ['algbera', 'olvia'], 'service:asker');
    expect(notices).toBeUndefined();
  });
});

/** What is wrong with the question alone, and not with what is stored, is for everybody who may ask it. */
test.each<readonly [query: string, ...notices: readonly string[]]>([
  [
    '{ checkPermissions(input: { checks: [{ subject: "user:olvia", permission: "can_read", object: "course:algbera" }] }) { decisions { allowed } } }',
    'No relationship names "user:olvia". Did you mean "user:olivia"?',
    'No relationship names "course:algbera". Did you mean "course:algebra"?',
  ],
  [
    '{ checkPermissions(input: { checks: [{ subject: "user:olivia", permission: "can_read", object: "course:algebra", context: { tern: "x" } }] }) { decisions { allowed } } }',
    'No condition of the model has a parameter "tern". Did you mean "term"?',
  ],
  [
    '{ explainPermission(subject: "user:olivia", permission: "can_read", object: "course:algebra", context: { tern: "x" }) { text } }',
    'No condition of the model has a parameter "tern". Did you mean "term"?',
  ],
  [
    '{ accessibleObjects(subject: "user:olivia", permission: "can_read", type: "course", context: { tern: "x" }) { edges { node } } }',
    'No condition of the model has a parameter "tern". Did you mean "term"?',
  ],
  [
    '{ accessibleObjects(subject: "service:asker", permission: "can_read", type: "course") { edges { node } } }',
    'Nothing of the kind "service" can hold "can_read" on the type "course". It can be held by "user".',
  ],
  [
    '{ subjectsWithAccess(object: "course:algebra", permission: "can_read", subjectType: "user", context: { tern: "x" }) { edges { node } } }',
    'No condition of the model has a parameter "tern". Did you mean "term"?',
  ],
  [
    '{ subjectsWithAccess(object: "course:algebra", permission: "can_read", subjectType: "course") { edges { node } } }',
    'Nothing of the kind "course" can hold "can_read" on the type "course". It can be held by "user".',
  ],
  [
    '{ subjectsWithAccess(object: "course:algebra", permission: "can_read", subjectType: "course", subjectRelation: "platform") { edges { node } } }',
    'Nothing of the kind "course#platform" can hold "can_read" on the type "course". It can be held by "user".',
  ],
  [
    '{ accessRelationships(filter: { relation: "can_read" }) { edges { cursor } } }',
    'The relation "can_read" is computed, so that no relationship is written for it. Next: ask "subjectsWithAccess" who has it.',
  ],
  [
    '{ accessAuditEvents(filter: { actor: "console postern imprt" }) { edges { cursor } } }',
    'No command is called "console postern imprt". Did you mean "console postern import"?',
  ],
])('%s', async (query, ...notices) => {
  const { text } = await server().ask(query, { as: 'service:ops' });
  expect(JSON.parse(text)).toMatchObject({ extensions: { notices: notices.map((message) => ({ message })) } });
});
