import { beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { codesOf, usePosternServer } from '../support/postern-server.ts';

/** One above is no double, and would become the other. */
const store = `
model: |
  model
    schema 1.1
  type user
  type service
  type platform
    relations
      define operator: [service]
      define can_check_any_subject: operator
      define can_write_relationships: operator
      define can_read_relationships: operator
  type bill
    relations
      define reader: [user with same_tenant, user with same_name, user with same_share]
      define can_read: reader
  condition same_tenant(tenant: int, owner: int) {
    tenant == owner
  }
  condition same_name(tenant: string, owner: string) {
    tenant == owner
  }
  condition same_share(tenant: double, owner: double) {
    tenant == owner
  }
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: user:ann, relation: reader, object: bill:kept, condition: { name: same_tenant, context: { owner: "9007199254740993" } } }
  - { user: user:ann, relation: reader, object: bill:same_tenant, condition: { name: same_tenant } }
  - { user: user:ann, relation: reader, object: bill:same_name, condition: { name: same_name } }
  - { user: user:ann, relation: reader, object: bill:same_share, condition: { name: same_share } }
`;

const databaseUrl = useDatabase();
const server = usePosternServer(databaseUrl, { store });

const inexact = ['9007199254740993', '9007199254740993.0', '1e23', '-1234567890123456789', '1e400'];

/** What a number is told from text by: each is put into JSON or GraphQL as it is written. */
const context = (number: string) => `{ "tenant": ${number} }`;

const query = `query ($context: JSONObject, $object: ObjectRef = "bill:kept") { checkPermissions(input: { checks: [
  { subject: "user:ann", permission: "can_read", object: $object, context: $context }] }) { decisions { allowed } } }`;

const post = async (body: string, as = 'service:ops') =>
  server().send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await server().token(as)}` },
    body,
  });

const get = async (variables: string) =>
  server().send(`/graphql?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(variables)}`, {
    headers: { 'apollo-require-preflight': '1', authorization: `Bearer ${await server().token('service:ops')}` },
  });

describe.each(inexact)('%s is refused', (number) => {
  const sentence = new RegExp(`The number .*${number.replace(/[.+]/g, '\\$&')}.* write it as text, in quotes`);

  test.each<[place: string, send: () => Promise<{ readonly text: string }>]>([
    [
      'in a variable',
      () => post(`{ "query": ${JSON.stringify(query)}, "variables": { "context": ${context(number)} } }`),
    ],
    [
      'deep in a variable',
      () => post(`{ "query": "{ __typename }", "variables": { "a": [{ "b": [1, ${number}] }] } }`),
    ],
    ['in the address', () => get(`{ "context": ${context(number)} }`)],
    [
      'in a literal',
      () =>
        server().ask(
          query.replace(/\$context(?=[ }])/, `{ tenant: ${number} }`).replace(/\$context: JSONObject, /, ''),
          { as: 'service:ops' },
        ),
    ],
    [
      'in the context of a relationship that is written',
      () =>
        server().ask(
          `mutation { writeRelationships(input: { writes: [{ object: "bill:1", relation: "reader", subject: "user:ann",
            condition: { name: "same_tenant", context: { owner: [${number}] } } }] }) { userErrors { code } } }`,
          { as: 'service:ops' },
        ),
    ],
  ])('%s', async (_place, send) => {
    const { text } = await send();
    expect(JSON.parse(text)).toMatchObject({ errors: [{ message: expect.stringMatching(sentence) }] });
  });
});

test.each([
  ['9007199254740993', true],
  ['9007199254740992', false],
  ['9007199254740994', false],
])('as text, tenant %s is told from its neighbours', async (tenant, isAllowed) => {
  const { data } = await server().ask(query, { as: 'service:ops', variables: { context: { tenant } } });
  expect(data).toEqual({ checkPermissions: { decisions: [{ allowed: isAllowed }] } });
});

/** Whoever writes by hand writes past everything that refuses such a number. */
describe('a number that SQL wrote into a stored context', () => {
  beforeAll(async () => {
    const sql = connectAsOwner(databaseUrl());
    await sql`update relationship r set context = '{"owner": 9007199254740993}'
      from object o where o.id = r.object and o.name like 'same%'`;
    await sql.end();
  });

  // A replica hears of changes that are told as such; what was written by hand it has when it is loaded.
  const server = usePosternServer(databaseUrl);

  test.each<[condition: string, tenant: unknown, answer: object]>([
    ['same_tenant', '9007199254740993', { allowed: true, error: null }],
    ['same_tenant', '9007199254740992', { allowed: false, error: null }],
    ['same_tenant', '9007199254740994', { allowed: false, error: null }],
    ['same_name', '9007199254740993', { allowed: false, error: { code: 'INVALID_CONTEXT' } }],
    ['same_share', 9007199254740992, { allowed: false, error: { code: 'INVALID_CONTEXT' } }],
  ])('%s with %j', async (condition, tenant, answer) => {
    const { data } = await server().ask(query.replace('{ allowed }', '{ allowed error { code } }'), {
      as: 'service:ops',
      variables: { context: { tenant }, object: `bill:${condition}` },
    });
    expect(data).toEqual({ checkPermissions: { decisions: [answer] } });
  });

  test('is shown as it was written', async () => {
    const list =
      '{ accessRelationships(filter: { object: "bill:same_tenant" }) { edges { node { condition { context } } } } }';
    expect((await server().ask(list, { as: 'service:ops' })).text).toContain('"9007199254740993"');
  });
});

test('a number within a text, and one that a double keeps, are taken', async () => {
  const body = `{ "query": ${JSON.stringify(query)}, "variables": { "context": { "tenant": 9007199254740992, "note": "9007199254740993" } } }`;
  const answer = await post(body);
  expect(codesOf(answer)).toEqual([]);
  expect(answer.data).toEqual({ checkPermissions: { decisions: [{ allowed: false }] } });
});
