import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { codesOf, usePosternServer } from '../support/postern-server.ts';

/** `territory` is a claim of all tokens, `state` is declared by the model, and `level` is anybody's to say. */
const store = `
model: |
  model
    schema 1.1
  type user
  type service
  type request
    relations
      define runtime_parameters: [user with in_request]
  type platform
    relations
      define operator: [service]
      define can_check_any_subject: operator
      define can_write_relationships: operator
      define can_publish_model: operator
  type doc
    relations
      define owner: [user]
      define early: [user with early]
      define local: [user with local]
      define draft: [user with draft]
      define high: [user with high]
      define can_view: early or local or draft or high
      define can_manage_access: owner
  condition early(current_time: timestamp) {
    current_time < timestamp("2020-01-01T00:00:00Z")
  }
  condition local(territory: string) {
    territory == "SE"
  }
  condition draft(state: string) {
    state == "draft"
  }
  condition high(level: int) {
    level > 1
  }
  condition in_request(state: string) {
    state != ""
  }
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: user:olga, relation: owner, object: doc:early }
  - { user: user:ann, relation: early, object: doc:early, condition: { name: early } }
  - { user: user:ann, relation: local, object: doc:local, condition: { name: local } }
  - { user: user:ann, relation: draft, object: doc:draft, condition: { name: draft } }
  - { user: user:ann, relation: high, object: doc:high, condition: { name: high } }
`;

const databaseUrl = useDatabase();
const server = usePosternServer(databaseUrl, { store, claims: { territory: 'US' } });
let owner: Sql;

beforeAll(() => {
  owner = connectAsOwner(databaseUrl());
});

afterAll(() => owner?.end());

const past = '2019-01-01T00:00:00Z';

/** What would turn each of the conditions, if it were taken. */
const runtime = [
  ['early', 'current_time', past],
  ['local', 'territory', 'SE'],
  ['draft', 'state', 'draft'],
] as const;

const contextual = (kind: string, context: object) => [
  { object: 'doc:new', relation: kind, subject: 'user:ann', condition: { name: kind, context } },
];

/** Every field that takes a context, of the question or of a relationship. */
const fields: readonly (readonly [name: string, query: string])[] = [
  [
    'checkPermissions',
    `query ($object: ObjectRef!, $context: JSONObject, $contextual: [AccessRelationshipInput!]) { checkPermissions(input: {
      checks: [{ subject: "user:ann", permission: "can_view", object: $object, context: $context }],
      contextualRelationships: $contextual }) { decisions { allowed } } }`,
  ],
  [
    'explainPermission',
    `query ($object: ObjectRef!, $context: JSONObject, $contextual: [AccessRelationshipInput!]) { explainPermission(
      subject: "user:ann", permission: "can_view", object: $object, context: $context,
      contextualRelationships: $contextual) { decision { allowed } } }`,
  ],
  [
    'accessibleObjects',
    `query ($context: JSONObject, $contextual: [AccessRelationshipInput!]) { accessibleObjects(
      subject: "user:ann", permission: "can_view", type: "doc", context: $context,
      contextualRelationships: $contextual) { edges { node } } }`,
  ],
  [
    'subjectsWithAccess',
    `query ($object: ObjectRef!, $context: JSONObject, $contextual: [AccessRelationshipInput!]) { subjectsWithAccess(
      object: $object, permission: "can_view", subjectType: "user", context: $context,
      contextualRelationships: $contextual) { edges { node } } }`,
  ],
];

const ask = (query: string, variables: object, as = 'service:ops') =>
  server().ask(query, { as, variables: { ...variables } });

describe.each(fields)('%s', (_name, query) => {
  test.each(runtime)('on %s takes no %s', async (kind, parameter, value) => {
    const sent = await ask(query, { object: `doc:${kind}`, context: { [parameter]: value } });
    expect(codesOf(sent)).toEqual(['BAD_USER_INPUT']);
    expect(sent.errors[0]?.message).toContain(`"${parameter}"`);
    const brought = await ask(query, {
      object: 'doc:new',
      contextual: contextual(kind, { [parameter]: value }),
    });
    expect(codesOf(brought)).toEqual(['BAD_USER_INPUT']);
    expect(brought.errors[0]?.message).toContain(`"${parameter}"`);
  });

  test('takes what is anybody’s to say', async () => {
    const { text, errors } = await ask(query, { object: 'doc:high', context: { level: 2 } });
    expect(errors).toEqual([]);
    expect(text).toMatch(/true|"user:ann"|"doc:high"/);
  });
});

const writes: readonly (readonly [name: string, mutation: string])[] = [
  [
    'writeRelationships',
    `mutation ($one: AccessRelationshipInput!) { writeRelationships(input: { writes: [$one] }) { userErrors { code message } } }`,
  ],
  [
    'grantRole',
    `mutation ($object: ObjectRef!, $role: String!, $subject: SubjectRef!, $condition: AccessConditionInput) {
      grantRole(input: { object: $object, role: $role, subject: $subject, condition: $condition }) { userErrors { code message } } }`,
  ],
  [
    'extendGrant',
    `mutation ($object: ObjectRef!, $role: String!, $subject: SubjectRef!, $condition: AccessConditionInput) {
      extendGrant(input: { object: $object, role: $role, subject: $subject, condition: $condition }) { userErrors { code message } } }`,
  ],
];

test.each(writes)('%s writes no value of a runtime parameter', async (name, mutation) => {
  const condition = { name: 'early', context: { current_time: past } };
  const one = { object: 'doc:early', relation: 'early', subject: 'user:ann', condition };
  const variables = name === 'writeRelationships' ? { one } : { ...one, role: 'early', relation: undefined };
  const answer = await ask(mutation, variables, name === 'writeRelationships' ? 'service:ops' : 'user:olga');
  expect(answer.errors).toEqual([]);
  expect(answer.data).toMatchObject({ [name]: { userErrors: [{ code: 'INVALID_CONTEXT' }] } });
  expect(answer.text).toContain('current_time');
});

/** Rows that an older version wrote, or somebody past Postern. */
test.each(runtime)(
  'a stored value of the condition %s is ignored: %s comes from the request',
  async (kind, parameter, value) => {
    await owner`update relationship set context = ${owner.json({ [parameter]: value })}
    where object = (select id from object where name = ${kind}) and condition is not null`;
    const fieldsOfViewer = `{
    viewer { decisions(checks: [{ permission: "can_view", object: "doc:${kind}" }]) { allowed } docs(permission: CAN_VIEW) { edges { node { id } } } }
    _entities(representations: [{ __typename: "Doc", id: "${kind}" }]) { ... on Doc { permissions { canView } } }
  }`;
    const viewer = await server().ask(fieldsOfViewer, { as: 'user:ann' });
    expect(viewer.data).toMatchObject({ viewer: { decisions: [{ allowed: false }], docs: { edges: [] } } });
    expect(viewer.text).not.toContain('"canView":true');
    for (const [, query] of fields) {
      const answer = await ask(query, { object: `doc:${kind}` });
      expect(answer.errors).toEqual([]);
      expect(answer.text).not.toMatch(/true,|:true|"user:ann"|"doc:/);
    }
  },
);

describe('a question about oneself', () => {
  const explain = (args: string) =>
    `{ explainPermission(subject: "user:ann", permission: "can_view", object: "doc:high" ${args}) { decision { allowed error { code } } } }`;

  test('takes no context, and no relationships, from somebody who may not ask about others', async () => {
    const plain = await server().ask(explain(''), { as: 'user:ann' });
    expect(plain.data).toMatchObject({ explainPermission: { decision: { error: { code: 'MISSING_CONTEXT' } } } });
    const brought = `contextualRelationships: [{ object: "doc:high", relation: "owner", subject: "user:ann" }]`;
    for (const args of ['context: { level: 2 }', `context: { current_time: "${past}" }`, brought]) {
      expect(codesOf(await server().ask(explain(args), { as: 'user:ann' }))).toEqual(['FORBIDDEN']);
    }
  });

  test('is answered with the claims of the token', async () => {
    const local = explain('').replace('doc:high', 'doc:local');
    const { data } = await server().ask(local, { as: 'user:ann' });
    expect(data).toEqual({ explainPermission: { decision: { allowed: false, error: null } } });
    const others = await server().ask(local, { as: 'service:ops' });
    expect(others.data).toMatchObject({ explainPermission: { decision: { error: { code: 'MISSING_CONTEXT' } } } });
  });
});

test('a viewer hears how many objects could not be decided, and not which', async () => {
  const list = 'docs(permission: CAN_VIEW) { undecidedCount edges { node { id } } pageInfo { endCursor } }';
  const { data, errors, text } = await server().ask(`{ viewer { ${list} } }`, { as: 'user:ann' });
  expect(errors).toEqual([]);
  expect(data).toMatchObject({ viewer: { docs: { undecidedCount: 2, edges: [] } } });
  expect(text).not.toMatch(/draft|high/);
  const named = `{ viewer { ${list.replace('undecidedCount', 'undecided { object }')} } }`;
  expect(codesOf(await server().ask(named, { as: 'user:ann' }))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
});
