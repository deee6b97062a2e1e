import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, onReplica, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

/** Every token says that somebody acts for its subject. */
const server = usePosternServer(useDatabase(), {
  store: office,
  environment: onReplica,
  claims: { act: { sub: 'support|7' } },
});

const query = `query ($filter: AccessAuditEventFilter, $first: Int) { accessAuditEvents(filter: $filter, first: $first) {
  edges { node {
    actor delegate action outcome reason requestId consistencyToken at
    before { relationships { object } }
    after { relationships { object relation subject condition { name context } startsAt expiresAt } other }
  } }
  pageInfo { hasNextPage } isCutShort
} }`;
const ask = (variables: object, as = 'service:ops') => server().ask(query, { as, variables: { ...variables } });

test('whoever acts for the caller by the claim "act" is in the log', async () => {
  const input = {
    object: 'folder:local',
    role: 'editor',
    subject: 'user:new',
    condition: { name: 'in_region', context: { level: 2 } },
    startsAt: '2099-01-01T00:00:00.000Z',
    expiresAt: '2100-01-01T00:00:00.000Z',
    reason: 'holiday',
  };
  const mutation = 'mutation ($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { message } } }';
  const own = { ...input, object: 'folder:plans' };
  expect((await server().ask(mutation, { as: 'user:olga', variables: { input: own } })).errors).toEqual([]);
  expect(codesOf(await server().ask(mutation, { as: 'user:olga', variables: { input } }))).toEqual(['FORBIDDEN']);
  const { reason, role, ...rest } = input;
  const event = {
    actor: 'user:olga',
    delegate: 'support|7',
    action: 'grantRole',
    reason,
    before: { relationships: [] },
  };
  const after = (object: string) => ({ relationships: [{ ...rest, object, relation: role }], other: [] });
  const texts = {
    requestId: expect.any(String),
    consistencyToken: expect.any(String),
    at: expect.stringMatching(/Z$/),
  };
  expect((await ask({ filter: { subject: 'user:new' } })).data).toEqual({
    accessAuditEvents: {
      edges: [
        { node: { ...event, ...texts, outcome: 'DENIED', after: after('folder:local') } },
        { node: { ...event, ...texts, outcome: 'DONE', after: after('folder:plans') } },
      ],
      pageInfo: { hasNextPage: false },
      isCutShort: false,
    },
  });
});

test('a refusal is in the log, with what was asked', async () => {
  expect(codesOf(await ask({ filter: { object: 'folder:plans', outcome: 'DENIED' } }, 'user:olga'))).toEqual([
    'FORBIDDEN',
  ]);
  expect((await ask({ filter: { action: 'readAuditLog' }, first: 1 })).data).toMatchObject({
    accessAuditEvents: {
      edges: [{ node: { actor: 'user:olga', after: { other: [{ object: 'folder:plans', outcome: 'denied' }] } } }],
    },
  });
});

test.each([
  [{ first: 0 }],
  [{ first: 101 }],
  [{ filter: { actor: 'a\u0000' } }],
  [{ filter: { action: 'x'.repeat(601) } }],
  [{ filter: { object: 'folder' } }],
  [{ filter: { outcome: 'done' } }],
  [{ filter: { from: 'yesterday' } }],
])('%j is refused', async (variables) => {
  expect(codesOf(await ask(variables))).toEqual(['BAD_USER_INPUT']);
});
