import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { type Answer, codesOf, onReplica, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

const server = usePosternServer(useDatabase(), { store: office, environment: onReplica });

interface Payload {
  readonly relationship: { readonly subject: string } | null;
  readonly written: number | null;
  readonly deleted: number | null;
  readonly consistencyToken: string | null;
  readonly userErrors: readonly { readonly code: string }[];
}

const grant = 'grantRole(input: $input) { relationship { subject } consistencyToken userErrors { code } }';
const mutations = {
  grantRole: `mutation ($input: GrantRoleInput!) { ${grant} }`,
  revokeRole: `mutation ($input: RevokeRoleInput!) { ${grant.replace('grantRole', 'revokeRole')} }`,
  writeRelationships: `mutation ($input: WriteRelationshipsInput!) {
    writeRelationships(input: $input) { written deleted consistencyToken userErrors { code } }
  }`,
};

const mutate = (as: string, name: keyof typeof mutations, input: object) =>
  server().ask(mutations[name], { as, variables: { input } });

function payloadOf({ data, errors }: Answer): Payload {
  expect(errors).toEqual([]);
  return Object.values(data as Readonly<Record<string, Payload>>)[0] as Payload;
}

/** `granted`, the code of a user error, or the code of an error. */
function outcomeOf(answer: Answer): string {
  const [code] = codesOf(answer);
  if (code !== undefined) return code;
  const { relationship, consistencyToken, userErrors } = payloadOf(answer);
  expect([relationship === null, consistencyToken === null]).toEqual(Array(2).fill(userErrors.length > 0));
  return userErrors[0]?.code ?? 'done';
}

describe('granting', () => {
  // In this order: what is granted in one row counts in the rows below it.
  test.each([
    ['user:mia', 'grantRole', 'viewer', 'folder:plans', 'user:max', 'FORBIDDEN'],
    ['user:adam', 'grantRole', 'editor', 'folder:plans', 'user:max', 'done'],
    ['user:max', 'grantRole', 'viewer', 'folder:plans', 'user:zoe', 'FORBIDDEN'],
    ['user:adam', 'grantRole', 'admin', 'folder:plans', 'user:max', 'FORBIDDEN'],
    ['user:olga', 'grantRole', 'admin', 'folder:plans', 'user:max', 'done'],
    ['user:max', 'grantRole', 'viewer', 'folder:plans', 'user:zoe', 'done'],
    ['user:max', 'grantRole', 'viewer', 'folder:plans', 'user:zoe', 'ALREADY_EXISTS'],
    ['user:max', 'grantRole', 'viewer', 'folder:own', 'user:zoe', 'FORBIDDEN'],
    ['user:max', 'revokeRole', 'admin', 'folder:plans', 'user:adam', 'FORBIDDEN'],
    ['user:olga', 'revokeRole', 'admin', 'folder:plans', 'user:max', 'done'],
    ['user:olga', 'revokeRole', 'admin', 'folder:plans', 'user:max', 'NOT_FOUND'],
    ['user:max', 'revokeRole', 'viewer', 'folder:plans', 'user:zoe', 'FORBIDDEN'],
    ['user:adam', 'grantRole', 'viewer', 'folder:plans', 'user:*', 'done'],
    ['user:adam', 'grantRole', 'editor', 'folder:plans', 'user:*', 'INVALID_RELATIONSHIP'],
    ['user:adam', 'grantRole', 'editor', 'folder:plans', 'team:press#member', 'done'],
    ['user:adam', 'grantRole', 'editor', 'folder:plans', 'team:press#lead', 'INVALID_RELATIONSHIP'],
    ['user:adam', 'grantRole', 'editor', 'folder:plans', 'team:press', 'INVALID_RELATIONSHIP'],
    ['user:adam', 'grantRole', 'can_edit', 'folder:plans', 'user:zoe', 'INVALID_RELATIONSHIP'],
    ['user:lea', 'grantRole', 'member', 'team:writers', 'team:press#member', 'done'],
    ['user:lea', 'grantRole', 'member', 'team:writers', 'team:writers#member', 'INVALID_RELATIONSHIP'],
    ['user:lea', 'grantRole', 'member', 'team:press', 'user:lea', 'FORBIDDEN'],
    ['user:adam', 'grantRole', 'author', 'document:1', 'user:adam', 'FORBIDDEN'],
    ['service:ops', 'grantRole', 'author', 'document:1', 'user:adam', 'FORBIDDEN'],
    ['service:ops', 'grantRole', 'operator', 'platform:main', 'service:two', 'done'],
    ['service:two', 'revokeRole', 'operator', 'platform:main', 'service:ops', 'done'],
    ['service:ops', 'grantRole', 'operator', 'platform:main', 'service:ops', 'FORBIDDEN'],
    ['service:two', 'grantRole', 'operator', 'platform:main', 'service:ops', 'done'],
  ] as const)('%s: %s %s on %s for %s: %s', async (as, name, role, object, subject, outcome) => {
    expect(outcomeOf(await mutate(as, name, { role, object, subject }))).toBe(outcome);
  });

  test('is judged on what the mutation before it in the same operation left', async () => {
    const fields = '{ userErrors { code } }';
    const answer = await server().ask(
      `mutation {
        first: grantRole(input: { object: "folder:own", role: "viewer", subject: "user:a" }) ${fields}
        resign: revokeRole(input: { object: "folder:own", role: "owner", subject: "user:pia" }) ${fields}
      }`,
      { as: 'user:pia' },
    );
    expect(answer).toMatchObject({ data: { first: { userErrors: [] }, resign: { userErrors: [] } }, errors: [] });
    expect(
      outcomeOf(await mutate('user:pia', 'grantRole', { object: 'folder:own', role: 'viewer', subject: 'user:b' })),
    ).toBe('FORBIDDEN');
  });

  test('lets a role end, and count under a condition', async () => {
    const role = { object: 'folder:plans', role: 'editor' };
    const until = {
      ...role,
      subject: 'user:temp',
      startsAt: '2020-01-01T00:00:00Z',
      expiresAt: '2099-01-01T00:00:00+02:00',
    };
    const under = {
      ...role,
      subject: 'user:far',
      condition: { name: 'in_region', context: { region: 'EU', level: 9 } },
    };
    expect(
      [await mutate('user:adam', 'grantRole', until), await mutate('user:adam', 'grantRole', under)].map(outcomeOf),
    ).toEqual(['done', 'done']);
    const filter = { filter: { object: 'folder:plans', relation: 'editor' } };
    const listed = await server().ask(
      'query ($filter: AccessRelationshipFilter) { accessRelationships(filter: $filter) { edges { node { subject startsAt expiresAt condition { name context } } } } }',
      { as: 'service:ops', variables: filter },
    );
    expect(listed.data).toMatchObject({
      accessRelationships: {
        edges: expect.arrayContaining([
          {
            node: {
              subject: 'user:temp',
              startsAt: '2020-01-01T00:00:00.000Z',
              expiresAt: '2098-12-31T22:00:00.000Z',
              condition: null,
            },
          },
          {
            node: {
              subject: 'user:far',
              startsAt: null,
              expiresAt: null,
              condition: { name: 'in_region', context: { region: 'EU', level: 9 } },
            },
          },
        ]),
      },
    });
  });
});

describe('writing relationships', () => {
  const one = (subject: string, more = {}) => ({ object: 'folder:w', relation: 'viewer', subject, ...more });
  const write = (input: object) => mutate('service:ops', 'writeRelationships', input);

  test.each<readonly [string, object, unknown]>([
    ['two', { writes: [one('user:a'), one('user:b')] }, [2, 0]],
    ['one that exists', { writes: [one('user:c'), one('user:a')] }, 'ALREADY_EXISTS'],
    [
      'one that exists, which does not matter',
      { writes: [one('user:c'), one('user:a')], onDuplicate: 'IGNORE' },
      [1, 0],
    ],
    [
      'one that exists with another end',
      { writes: [one('user:a', { expiresAt: '2099-01-01T00:00:00Z' })], onDuplicate: 'IGNORE' },
      'CONFLICT',
    ],
    ['one in the place of another', { deletes: [one('user:a')], writes: [one('user:d')] }, [1, 1]],
    ['none, but deletes one that is missing', { writes: [one('user:e')], deletes: [one('user:a')] }, 'NOT_FOUND'],
    ['none that the call before left behind', { deletes: [one('user:e')], onMissing: 'IGNORE' }, [0, 0]],
    ['one twice', { writes: [one('user:f'), one('user:f')] }, 'DUPLICATE_RELATIONSHIP'],
    ['nothing', {}, 'INVALID_INPUT'],
    ['one that the model does not admit', { writes: [one('user:g'), one('service:ops')] }, 'INVALID_RELATIONSHIP'],
    [
      'none, and deletes nothing of a type that no model has',
      { deletes: [one('user:a', { object: 'gone:1' })], onMissing: 'IGNORE' },
      'UNKNOWN_TYPE',
    ],
    ['a thousand', { writes: Array.from({ length: 1000 }, (_, id) => one(`user:${id}`)) }, [1000, 0]],
  ])('writes %s', async (_what, input, outcome) => {
    const { written, deleted, userErrors } = payloadOf(await write(input));
    expect(userErrors[0]?.code ?? [written, deleted]).toEqual(outcome);
  });
});

describe('an idempotency key', () => {
  const input = { object: 'folder:plans', role: 'viewer', subject: 'user:once', idempotencyKey: 'key-1' };

  test('answers a repeated request as it answered the first', async () => {
    const [first, ...others] = await Promise.all(
      Array.from({ length: 4 }, () => mutate('user:adam', 'grantRole', input)),
    );
    expect(outcomeOf(first as Answer)).toBe('done');
    for (const other of others) expect(other.data).toEqual(first?.data);
  });

  test.each([
    ['another subject', 'user:adam', 'grantRole', { subject: 'user:other' }, 'IDEMPOTENCY_KEY_REUSED'],
    ['another operation', 'user:adam', 'revokeRole', {}, 'IDEMPOTENCY_KEY_REUSED'],
    ['another actor', 'user:olga', 'grantRole', { subject: 'user:twice' }, 'done'],
    ['an actor who is not entitled', 'user:mia', 'grantRole', {}, 'FORBIDDEN'],
  ] as const)('does not answer %s', async (_what, as, name, changes, outcome) => {
    expect(outcomeOf(await mutate(as, name, { ...input, ...changes }))).toBe(outcome);
  });

  test('does not keep a failure', async () => {
    const failing = { object: 'folder:plans', role: 'viewer', subject: 'user:later', idempotencyKey: 'key-2' };
    expect(outcomeOf(await mutate('user:adam', 'revokeRole', failing))).toBe('NOT_FOUND');
    await mutate('user:adam', 'grantRole', { ...failing, idempotencyKey: 'key-3' });
    expect(outcomeOf(await mutate('user:adam', 'revokeRole', failing))).toBe('done');
  });
});
