import { beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { write } from '../support/postern.ts';
import { codesOf, creatorsStore, type PosternServer, usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { store: creatorsStore, claims: { territory: 'SE' } });

beforeAll(() => write(server().running.postern, ['track:é#album@album:aurora', 'track:e#album@album:aurora']));

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly isComplete: boolean;
}

const query = `query ($type: String!, $startsWith: String, $within: ObjectRef, $first: Int, $after: String) {
  knownObjects(type: $type, startsWith: $startsWith, within: $within, first: $first, after: $after) {
    edges { cursor node } pageInfo { hasNextPage endCursor } isCutShort isComplete
  }
}`;

async function pageOf(as: string, variables: Readonly<Record<string, unknown>>): Promise<Page> {
  const { data, errors } = await server().ask(query, { as, variables });
  expect(errors).toEqual([]);
  return (data as { readonly knownObjects: Page }).knownObjects;
}

/** All pages, of `first` each. */
async function allOf(
  as: string,
  variables: Readonly<Record<string, unknown>>,
  first = 100,
): Promise<readonly string[]> {
  const found: string[] = [];
  let after: string | null = null;
  do {
    const page: Page = await pageOf(as, { ...variables, first, after });
    expect(page.edges.length).toBeLessThanOrEqual(first);
    found.push(...page.edges.map(({ node }) => node));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

/** Every object that a review names, whatever for. */
async function reviewedBy(asked: PosternServer, as: string, within: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>([within]);
  let after: string | null = null;
  do {
    const review: string = `query ($after: String) { accessReview(object: "${within}", includeContained: true, first: 100, after: $after) {
      edges { node { object subject via { object subject } } } pageInfo { hasNextPage endCursor } } }`;
    const { data } = await asked.ask(review, { as, variables: { after } });
    const { edges, pageInfo } = (data as { readonly accessReview: Review }).accessReview;
    for (const { node } of edges) {
      for (const one of [node, ...node.via])
        for (const name of [one.object, one.subject]) names.add(name.split('#')[0] ?? '');
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return names;
}

interface Review {
  readonly edges: readonly {
    readonly node: { readonly object: string; readonly subject: string; readonly via: readonly Named[] };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface Named {
  readonly object: string;
  readonly subject: string;
}

const types = [
  'user',
  'employee',
  'service',
  'team',
  'artist',
  'album',
  'track',
  'show',
  'episode',
  'label',
  'organization',
];

describe.each([
  ['user:olga', 'organization:northwind'],
  ['user:audra', 'organization:northwind'],
  ['employee:oda', 'organization:northwind'],
  ['user:lea', 'team:nw-marketing'],
])('%s within %s', (as, within) => {
  test.each(types)('finds of the type %s what the review names, and what is in their own lists', async (type) => {
    const reviewed = await reviewedBy(server(), as, within);
    const named = [...reviewed].filter((name) => name.startsWith(`${type}:`) && !name.endsWith(':*')).toSorted();
    const found = await allOf(as, { type, within });
    const others = found.filter((one) => !named.includes(one));
    expect(found.filter((one) => named.includes(one))).toEqual(named);
    const permissions = 'query ($o: [ObjectRef!]!) { viewer { permissions(objects: $o) { granted } } }';
    // Whoever may read all relationships sees everything that they name.
    if (as === 'employee:oda') return;
    const { data } = await server().ask(permissions, { as, variables: { o: others } });
    const granted = (data as { viewer: { permissions: readonly { granted: readonly string[] }[] } }).viewer.permissions;
    expect(granted.filter((one) => one.granted.length === 0)).toEqual([]);
  });

  test('finds what belongs to it and has no role yet, if it is in their own lists', async () => {
    if (!within.startsWith('organization')) return;
    expect((await allOf(as, { type: 'payout_account', within })).length).toBe(as === 'user:audra' ? 0 : 1);
  });

  test('pages to the same', async () => {
    const all = await allOf(as, { type: 'user', within });
    expect(await allOf(as, { type: 'user', within }, 2)).toEqual(all);
    expect(await allOf(as, { type: 'user', within, startsWith: 'l' }, 1)).toEqual(
      all.filter((one) => one.startsWith('user:l')),
    );
  });
});

test.each(['user:stranger', 'user:eve', 'employee:nobody', 'service:playlist-api'])(
  '%s may not review the organization, and finds nobody in it',
  async (as) => {
    const answer = await server().ask(query, { as, variables: { type: 'user', within: 'organization:northwind' } });
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    expect(answer.text).not.toContain('user:olga');
  },
);

test('a refusal is in the log as that of a review', async () => {
  await server().ask(query, { as: 'user:eve', variables: { type: 'user', within: 'team:nw-marketing' } });
  const events = '{ accessAuditEvents(first: 1) { edges { node { actor action outcome } } } }';
  expect((await server().ask(events, { as: 'employee:sec-ines' })).data).toEqual({
    accessAuditEvents: { edges: [{ node: { actor: 'user:eve', action: 'reviewAccess', outcome: 'DENIED' } }] },
  });
});

describe('everywhere', () => {
  test.each(types)(
    'whoever may read all relationships finds all of the type %s, by the bytes of their ids',
    async (type) => {
      const found = await allOf('employee:oda', { type });
      const relationships = `query ($after: String) { accessRelationships(first: 100, after: $after) { edges { node { object subject } } pageInfo { hasNextPage endCursor } } }`;
      const named = new Set<string>();
      let after: string | null = null;
      do {
        const { data } = await server().ask(relationships, { as: 'employee:oda', variables: { after } });
        const list = (data as { readonly accessRelationships: Relationships }).accessRelationships;
        for (const { node } of list.edges)
          for (const name of [node.object, node.subject]) named.add(name.split('#')[0] ?? '');
        after = list.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
      } while (after !== null);
      const ofType = [...named].filter((name) => name.startsWith(`${type}:`) && !name.endsWith(':*'));
      for (const name of ofType) expect(found).toContain(name);
      expect(found).toEqual(found.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      expect(await allOf('employee:oda', { type }, 3)).toEqual(found);
    },
  );

  test.each(['e', 'é', 'aurora', 'aurora-1', 'a', 'zzz', ''])('finds by the beginning %j', async (startsWith) => {
    const all = await allOf('employee:oda', { type: 'track' });
    const expected = all.filter((one) => one.startsWith(`track:${startsWith}`));
    expect(await allOf('employee:oda', { type: 'track', startsWith })).toEqual(expected);
    expect(await allOf('employee:oda', { type: 'track', startsWith }, 1)).toEqual(expected);
  });

  test.each([
    ['user:stranger', 'track'],
    ['user:eve', 'track'],
    ['user:olga', 'organization'],
    ['user:olga', 'team'],
    ['user:olga', 'artist'],
    ['user:lea', 'team'],
    ['user:lea', 'user'],
    ['user:audra', 'organization'],
  ])('%s finds of the type %s what is in the list of what they may review', async (as, type) => {
    const { model } = (await server().running.postern.store.loadActiveModel())?.prepared ?? {};
    const relations = model?.types.get(type)?.relations;
    const permission = relations?.has('can_review_access') ? 'can_review_access' : 'can_manage_access';
    const list = `{ viewer { objects(type: "${type}", permission: "${permission}", first: 100) { edges { node } } } }`;
    const { data } = relations?.has(permission) ? await server().ask(list, { as }) : { data: undefined };
    const listed =
      (data as { viewer: { objects: Page } } | undefined)?.viewer.objects.edges.map(({ node }) => node) ?? [];
    expect(await allOf(as, { type })).toEqual(listed);
    for (const startsWith of ['n', 'nw-', 'nw-marketing', 'northwind', 'x']) {
      const begin = listed.filter((one) => one.startsWith(`${type}:${startsWith}`));
      expect(await allOf(as, { type, startsWith }, 1)).toEqual(begin);
    }
  });
});

interface Relationships {
  readonly edges: readonly { readonly node: Named }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

test.each(['a b', 'a:b', 'a#b', '\u0000', 'x'.repeat(257)])('no id begins with %j', async (startsWith) => {
  const answer = await server().ask(query, { as: 'employee:oda', variables: { type: 'track', startsWith } });
  expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
});

test('a cursor is worth nothing to others, nor with another beginning', async () => {
  const [edge] = (await pageOf('employee:oda', { type: 'user', first: 1 })).edges;
  for (const [as, variables] of [
    ['employee:sec-ines', { type: 'user' }],
    ['employee:oda', { type: 'user', startsWith: 'o' }],
    ['employee:oda', { type: 'team' }],
    ['employee:oda', { type: 'user', within: 'organization:northwind' }],
  ] as const) {
    const answer = await server().ask(query, { as, variables: { ...variables, after: edge?.cursor } });
    expect([as, variables, codesOf(answer)]).toEqual([as, variables, ['BAD_USER_INPUT']]);
  }
});
