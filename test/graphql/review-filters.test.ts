import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { store: creatorsStore });

const query = `query ($filter: AccessReviewFilter, $first: Int, $after: String) {
  accessReview(object: "organization:northwind", includeContained: true, filter: $filter, first: $first, after: $after) {
    edges { node { object role subject isEffective via { object relation subject } } } pageInfo { hasNextPage endCursor } isCutShort
  }
}`;

interface Entry {
  readonly object: string;
  readonly role: string;
  readonly subject: string;
  readonly isEffective: boolean;
  readonly via: readonly object[];
}

interface Review {
  readonly edges: readonly { readonly node: Entry }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Every entry, and how many pages of which size it took. */
async function review(filter: object, first = 100): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await server().ask(query, { as: 'user:olga', variables: { filter, first, after } });
    expect(errors).toEqual([]);
    const page: Review = (data as { readonly accessReview: Review }).accessReview;
    expect(page.edges.length).toBeLessThanOrEqual(first);
    // Nobody is sent on for nothing, unless so many were looked at.
    if (page.pageInfo.hasNextPage) expect(page.edges).toHaveLength(first);
    found.push(...page.edges.map(({ node }) => node));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

const isOf = (type: string) => (entry: Entry) => entry.subject.startsWith(`${type}:`);
const filters: readonly (readonly [filter: object, keeps: (entry: Entry) => boolean])[] = [
  [{ isEffective: true }, ({ isEffective }) => isEffective],
  [{ isEffective: false }, ({ isEffective }) => !isEffective],
  [{ isDirect: true }, ({ via }) => via.length === 1],
  [{ isDirect: false }, ({ via }) => via.length > 1],
  [{ subjectType: 'user' }, isOf('user')],
  [{ subjectType: 'employee' }, isOf('employee')],
  [{ subjectType: 'service' }, isOf('service')],
  [
    { subjectType: 'user', isDirect: true, isEffective: false },
    (entry) => isOf('user')(entry) && entry.via.length === 1 && !entry.isEffective,
  ],
  [
    { role: 'member', isDirect: false, isEffective: true },
    (entry) => entry.role === 'member' && entry.via.length > 1 && entry.isEffective,
  ],
];

describe.each(filters)('%j', (filter, keeps) => {
  test('keeps of the review what it says', async () => {
    const all = await review({});
    expect(await review(filter)).toEqual(all.filter(keeps));
  });

  test.each([1, 2, 7])('in pages of %s as well', async (first) => {
    expect(await review(filter, first)).toEqual(await review(filter));
  });
});

test('each filter keeps something, and not everything', async () => {
  const all = await review({});
  for (const [filter, keeps] of filters.slice(0, 5)) {
    const kept = all.filter(keeps).length;
    expect([filter, kept > 0 && kept < all.length]).toEqual([filter, true]);
  }
});
