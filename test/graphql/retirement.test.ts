import { expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { type Answer, codesOf, onReplica, usePosternServer } from '../support/postern-server.ts';

const ids = Array.from({ length: 45 }, (_, index) => String(index).padStart(2, '0'));

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
  type team
    relations
      define lead: [user]
      define member: [user] or lead
      define can_manage_access: lead
  type firm
    relations
      define owner: [user, team]
      define member: [user, team#member]
      define must_keep: owner
      define can_manage_access: owner
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: user:lea, relation: lead, object: team:x }
  - { user: user:lea, relation: owner, object: firm:f00 }
${ids
  .flatMap((id) => [
    `  - { user: user:m${id}, relation: member, object: team:x }`,
    `  - { user: "team:x", relation: owner, object: firm:f${id} }`,
    `  - { user: "team:x#member", relation: member, object: firm:f${id} }`,
  ])
  .join('\n')}
`;

const server = usePosternServer(useDatabase(), { store, environment: onReplica });
const lists = ['relationships', 'elsewhere', 'orphaned'] as const;
type List = (typeof lists)[number];

interface Page {
  readonly edges: readonly { readonly node: { readonly object: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Payload {
  readonly retirement: (Readonly<Record<List, Page>> & Readonly<Record<string, unknown>>) | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
}

const fields = (after: string) =>
  lists.map((list) => `${list}(first: 20${after}) { edges { node { object } } pageInfo { hasNextPage endCursor } }`);
const query = (list?: List) => `mutation ($dryRun: Boolean${list === undefined ? '' : ', $after: String'}) {
  retireObject(input: { object: "team:x", dryRun: $dryRun }) {
    retirement {
      object dryRun relationshipCount elsewhereCount orphanedCount
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
  return (data as { retireObject: Payload }).retireObject;
}

test.each<[as: string, list: List, count: number]>([
  ['service:ops', 'relationships', 46],
  ['service:ops', 'elsewhere', 90],
  ['service:ops', 'orphaned', 44],
  ['user:lea', 'relationships', 46],
  ['user:lea', 'elsewhere', 2],
  ['user:lea', 'orphaned', 0],
])('for %s, %s are paged to the end, and there are %i', async (as, list, count) => {
  const seen: string[] = [];
  const first = payloadOf(await ask(as)).retirement;
  expect(first?.[`${list === 'relationships' ? 'relationship' : list}Count`]).toBe(count);
  expect(first).toMatchObject({ object: 'team:x', dryRun: true });
  for (let page = first?.[list]; ; ) {
    seen.push(...(page?.edges ?? []).map(({ node }) => node.object));
    if (!page?.pageInfo.hasNextPage) break;
    page = payloadOf(await ask(as, list, page.pageInfo.endCursor)).retirement?.[list];
  }
  expect(seen).toHaveLength(count);
  expect(seen).toEqual(seen.toSorted());
});

test('a cursor is good for its list and its asker only', async () => {
  const { endCursor } = payloadOf(await ask('service:ops')).retirement?.relationships.pageInfo ?? {};
  expect(codesOf(await ask('service:ops', 'relationships', endCursor))).toEqual([]);
  expect(codesOf(await ask('service:ops', 'elsewhere', endCursor))).toEqual(['BAD_USER_INPUT']);
  expect(codesOf(await ask('user:lea', 'relationships', endCursor))).toEqual(['BAD_USER_INPUT']);
});

test('the execution names all that would be orphaned, and does nothing', async () => {
  const { retirement, userErrors } = payloadOf(await ask('service:ops', undefined, null, false));
  expect(retirement).toBeNull();
  expect(userErrors).toEqual(Array(44).fill({ code: 'LAST_HOLDER', field: ['input', 'object'] }));
  expect(payloadOf(await ask('service:ops')).retirement?.relationshipCount).toBe(46);
});

test('what its admin may take away is taken away, and says so', async () => {
  const { retirement, userErrors } = payloadOf(await ask('user:lea', undefined, null, false));
  expect(userErrors).toEqual([]);
  expect(retirement).toMatchObject({ dryRun: false, relationshipCount: 46, elsewhereCount: 2, orphanedCount: 0 });
  expect(codesOf(await ask('user:lea'))).toEqual(['FORBIDDEN']);
});
