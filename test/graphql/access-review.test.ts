import { beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { codesOf, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

const server = usePosternServer(useDatabase(), { store: office });

const query = `query ($object: ObjectRef!, $contained: Boolean, $filter: AccessReviewFilter, $first: Int, $after: String) {
  accessReview(object: $object, includeContained: $contained, filter: $filter, first: $first, after: $after) {
    edges { cursor node {
      object role subject via { object relation subject createdAt createdBy }
      grantedAt grantedBy expiresAt conditions { name context } isConditional isEffective error { code }
    } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } isCutShort isComplete
  }
}`;

const ask = (as: string | undefined, variables: object) =>
  server().ask(query, { ...(as !== undefined && { as }), variables: { ...variables } });

interface Entry {
  readonly object: string;
  readonly role: string;
  readonly subject: string;
  readonly grantedBy: string | null;
  readonly via: readonly { readonly createdBy: string | null; readonly createdAt: string }[];
}
interface Review {
  readonly edges: readonly { readonly cursor: string; readonly node: Entry }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function review(as: string, variables: object): Promise<Review> {
  const { data, errors } = await ask(as, variables);
  expect(errors).toEqual([]);
  return (data as { readonly accessReview: Review }).accessReview;
}

beforeAll(async () => {
  const grant = `mutation { grantRole(input: { object: "folder:plans", role: "viewer", subject: "user:zoe",
    expiresAt: "2199-01-01T00:00:00Z" }) { userErrors { code } } }`;
  expect((await server().ask(grant, { as: 'user:adam' })).data).toEqual({ grantRole: { userErrors: [] } });
});

describe('accessReview', () => {
  test('says who has a role, since when, by whom, until when and how', async () => {
    const { edges } = await review('user:adam', { object: 'folder:plans', filter: { subject: 'user:zoe' } });
    expect(edges.map(({ node }) => node)).toMatchObject([
      {
        object: 'folder:plans',
        role: 'viewer',
        subject: 'user:zoe',
        grantedBy: 'user:adam',
        expiresAt: '2199-01-01T00:00:00.000Z',
        conditions: [],
        isConditional: false,
        isEffective: true,
        error: null,
      },
    ]);
    const team = await review('user:adam', { object: 'folder:plans', filter: { role: 'editor', subject: 'user:mia' } });
    expect(team.edges.map(({ node }) => node.via)).toMatchObject([
      [{ subject: 'team:writers#member' }, { object: 'team:writers', subject: 'user:mia', createdBy: null }],
    ]);
  });

  test('shows a condition as it stands, and that it cannot be decided without the values of a question', async () => {
    const { edges } = await review('service:ops', { object: 'folder:local', filter: { role: 'editor' } });
    expect(edges.map(({ node }) => node)).toMatchObject([
      {
        subject: 'user:rita',
        conditions: [{ name: 'in_region', context: { region: 'EU' } }],
        isConditional: true,
        isEffective: false,
        error: { code: 'MISSING_CONTEXT' },
      },
    ]);
  });

  test('pages with cursors that are worth nothing to others', async () => {
    const all = await review('user:adam', { object: 'folder:plans', first: 100 });
    const seen: Entry[] = [];
    let after: string | null = null;
    do {
      const page: Review = await review('user:adam', { object: 'folder:plans', first: 2, after });
      seen.push(...page.edges.map(({ node }) => node));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all.edges.map(({ node }) => node));
    const cursor = all.edges[0]?.cursor;
    expect(codesOf(await ask('user:olga', { object: 'folder:plans', after: cursor }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await ask('user:adam', { object: 'folder:plans', contained: true, after: cursor }))).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  test.each<readonly [string | undefined, object, string]>([
    [undefined, { object: 'folder:plans' }, 'UNAUTHENTICATED'],
    ['user:mia', { object: 'folder:plans' }, 'FORBIDDEN'],
    ['user:adam', { object: 'folder:own' }, 'FORBIDDEN'],
    ['user:adam', { object: 'nothing:1' }, 'FORBIDDEN'],
    ['service:ops', { object: 'nothing:1' }, 'UNKNOWN_TYPE'],
    ['user:adam', { object: 'folder:plans', first: 101 }, 'BAD_USER_INPUT'],
    ['user:adam', { object: 'folder:plans', first: 0 }, 'BAD_USER_INPUT'],
    ['user:adam', { object: 'folder:plans', after: 'x' }, 'BAD_USER_INPUT'],
    ['user:adam', { object: 'folder:plans', filter: { role: 'can_view' } }, 'BAD_USER_INPUT'],
    ['user:adam', { object: 'folder:plans', filter: { subject: 'team:writers#member' } }, 'BAD_USER_INPUT'],
  ])('%s, %j: %s', async (as, variables, code) => {
    expect(codesOf(await ask(as, variables))).toEqual([code]);
  });
});
