import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { type Answer, codesOf, onReplica, usePosternServer } from '../support/postern-server.ts';

const store = `
model: |
  model
    schema 1.1
  type user
  type service
  type platform
    relations
      define operator: [service]
      define can_write_relationships: operator
      define can_read_relationships: operator
  type team
    relations
      define member: [user, team#member]
  type firm
    relations
      define owner: [user]
      define member: [user, team#member] or owner
      define must_keep: owner
      define no_self_grant: owner
      define can_manage_access: owner
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: user:kim, relation: member, object: team:x }
  - { user: user:olga, relation: owner, object: firm:f00 }
${Array.from({ length: 45 }, (_, index) => {
  const id = String(index).padStart(2, '0');
  return [
    `  - { user: user:kim, relation: owner, object: firm:f${id} }`,
    `  - { user: "team:x#member", relation: member, object: firm:f${id} }`,
  ].join('\n');
}).join('\n')}
`;

const server = usePosternServer(useDatabase(), { store, environment: onReplica });
const lists = ['relationships', 'throughSets', 'orphaned'] as const;
type List = (typeof lists)[number];

interface Page {
  readonly edges: readonly { readonly node: { readonly object: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Payload {
  readonly offboarding: (Readonly<Record<List, Page>> & Readonly<Record<string, unknown>>) | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
}

const fields = (after: string) =>
  lists.map((list) => `${list}(first: 20${after}) { edges { node { object } } pageInfo { hasNextPage endCursor } }`);
const query = (list?: List) => `mutation ($dryRun: Boolean${list === undefined ? '' : ', $after: String'}) {
  offboardSubject(input: { subject: "user:kim", dryRun: $dryRun }) {
    offboarding {
      subject dryRun relationshipCount throughSetsCount throughSetsAreCut orphanedCount
      ${list === undefined ? fields('').join(' ') : fields(', after: $after')[lists.indexOf(list)]}
    }
    consistencyToken
    userErrors { code field }
  }
}`;

const ask = (as: string, list?: List, after?: string | null, dryRun = true) =>
  server().ask(query(list), { as, variables: { after, dryRun } });

function payloadOf({ data, errors }: Answer): Payload {
  expect(errors).toEqual([]);
  return (data as { offboardSubject: Payload }).offboardSubject;
}

test.each<[as: string, list: List, count: number]>([
  ['service:ops', 'relationships', 46],
  ['service:ops', 'throughSets', 45],
  ['service:ops', 'orphaned', 44],
  ['user:olga', 'relationships', 1],
  ['user:olga', 'throughSets', 1],
  ['user:olga', 'orphaned', 0],
])('for %s, %s are paged to the end, and there are %i', async (as, list, count) => {
  const seen: string[] = [];
  const first = payloadOf(await ask(as)).offboarding;
  expect(first?.[`${list === 'relationships' ? 'relationship' : list}Count`]).toBe(count);
  expect(first).toMatchObject({ subject: 'user:kim', dryRun: true, throughSetsAreCut: false });
  for (let page = first?.[list]; ; ) {
    seen.push(...(page?.edges ?? []).map(({ node }) => node.object));
    if (!page?.pageInfo.hasNextPage) break;
    page = payloadOf(await ask(as, list, page.pageInfo.endCursor)).offboarding?.[list];
  }
  expect(seen).toHaveLength(count);
  expect(new Set(seen).size).toBe(count);
  expect(seen).toEqual(seen.toSorted());
});

test('a cursor is good for its list and its asker only', async () => {
  const { endCursor } = payloadOf(await ask('service:ops')).offboarding?.relationships.pageInfo ?? {};
  expect(codesOf(await ask('service:ops', 'relationships', endCursor))).toEqual([]);
  expect(codesOf(await ask('service:ops', 'throughSets', endCursor))).toEqual(['BAD_USER_INPUT']);
  expect(codesOf(await ask('user:olga', 'relationships', endCursor))).toEqual(['BAD_USER_INPUT']);
});

test('the execution names all that would be orphaned, and does nothing', async () => {
  const { offboarding, userErrors } = payloadOf(await ask('service:ops', undefined, null, false));
  expect(offboarding).toBeNull();
  expect(userErrors).toEqual(Array(44).fill({ code: 'LAST_HOLDER', field: ['input', 'subject'] }));
  expect(payloadOf(await ask('service:ops')).offboarding?.relationshipCount).toBe(46);
});

test('what is in the way is shown, and what nobody may do has a code of its own', async () => {
  const errors = 'userErrors { code field current { subject expiresAt createdAt } }';
  const grant = (input: string) => `grantRole(input: { object: "firm:f00", ${input} }) { ${errors} }`;
  const answer = await server().ask(
    `mutation {
      same: ${grant('role: "owner", subject: "user:kim"')}
      other: ${grant('role: "owner", subject: "user:kim", expiresAt: "2099-01-01T00:00:00Z"')}
      self: extendGrant(input: { object: "firm:f00", role: "owner", subject: "user:olga", expiresAt: "2099-01-01T00:00:00Z" }) { ${errors} }
      noChange: extendGrant(input: { object: "firm:f00", role: "owner", subject: "user:kim", expiresAt: null }) { ${errors} }
    }`,
    { as: 'user:olga' },
  );
  const current = { subject: 'user:kim', expiresAt: null, createdAt: expect.any(String) };
  expect(answer).toMatchObject({
    data: {
      same: { userErrors: [{ code: 'ALREADY_EXISTS', field: ['input'], current }] },
      other: { userErrors: [{ code: 'CONFLICT', field: ['input'], current }] },
      self: { userErrors: [{ code: 'SELF_GRANT', field: ['input', 'subject'], current: null }] },
      noChange: { userErrors: [{ code: 'ALREADY_EXISTS', field: ['input'], current }] },
    },
    errors: [],
  });
});

test('an extension says what to change', async () => {
  const answer = await server().ask(
    'mutation { extendGrant(input: { object: "firm:f00", role: "owner", subject: "user:kim" }) { userErrors { code } } }',
    { as: 'user:olga' },
  );
  expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
});

test('preconditions hold, or nothing is written', async () => {
  const write = (exists: boolean) => `writeRelationships(input: {
    writes: [{ object: "team:p", relation: "member", subject: "user:p" }]
    preconditions: [{ object: "team:x", relation: "member", subject: "user:kim", exists: ${exists} }]
  }) { written userErrors { code field current { object subject } } }`;
  const ops = { as: 'service:ops' };
  expect((await server().ask(`mutation { ${write(false)} }`, ops)).data).toEqual({
    writeRelationships: {
      written: null,
      userErrors: [
        {
          ...{ code: 'PRECONDITION_FAILED', field: ['input', 'preconditions', '0'] },
          current: { object: 'team:x', subject: 'user:kim' },
        },
      ],
    },
  });
  expect((await server().ask(`mutation { ${write(true)} }`, ops)).data).toEqual({
    writeRelationships: { written: 1, userErrors: [] },
  });
});
