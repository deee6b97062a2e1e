import { beforeAll, describe, expect, test } from 'vitest';
import { findContainedObjects } from '../../src/engine/review/find-contained-objects.ts';
import { reviewGrants } from '../../src/engine/review/review-grants.ts';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import { type AccessReviewInput, reviewAccess } from '../../src/operations/reviews/review-access.ts';
import { useDatabase } from '../support/database.ts';
import { observedStore } from '../support/observed-store.ts';
import { object } from '../support/parse.ts';
import { playsCitus } from '../support/play-citus.ts';
import { done, operator, publish, usePostern, write } from '../support/postern.ts';

const postern = usePostern(useDatabase(), { connections: 2 });

const dsl = `model
  schema 1.1
type user
type team
  relations
    define organization: [organization]
    define member: [user, team#member]
    define can_manage_access: admin from organization
type organization
  relations
    define admin: [user, team#member]
    define member: [user, team#member] or admin
    define can_manage_access: admin
type folder
  relations
    define organization: [organization]
    define editor: [user, team#member] or admin from organization
    define can_manage_access: admin from organization
`;

const members = 6000;
const folders = 300;

beforeAll(async () => {
  await publish(postern(), dsl);
  const rows = [
    'organization:acme#admin@user:ada',
    'organization:acme#member@team:all#member',
    'team:all#organization@organization:acme',
    ...Array.from({ length: members }, (_, id) => `team:all#member@user:u${id}`),
    ...Array.from({ length: folders }, (_, id) => `folder:f${id}#organization@organization:acme`),
    ...Array.from({ length: folders }, (_, id) => `folder:f${id}#editor@user:e${id}`),
  ];
  for (let start = 0; start < rows.length; start += 1000) await write(postern(), rows.slice(start, start + 1000));
}, 120_000);

const none: AccessReviewInput = {
  object: object('organization:acme'),
  includeContained: false,
  role: undefined,
  subject: undefined,
  expiresBefore: undefined,
  withoutEnd: false,
  notHolding: undefined,
  first: 100,
  after: undefined,
};

type Asked = Partial<AccessReviewInput>;

async function walk(asked: Asked, onPage: (page: number) => Promise<void> = async () => {}) {
  const seen: string[] = [];
  let after: string | undefined;
  for (let page = 0; ; page++) {
    const { entries, hasMore, endCursor } = done(await reviewAccess(postern(), operator, { ...none, ...asked, after }));
    seen.push(
      ...entries.map(({ object: on, role, via }) =>
        [formatObjectRef(on), role.name, ...via.map(formatRelationship)].join(' '),
      ),
    );
    if (!hasMore) return seen;
    after = endCursor;
    await onPage(page);
  }
}

describe(`a team of ${members}`, () => {
  test('is paged through once and in full, while others join and leave', async () => {
    const before = await walk({ role: 'member' });
    expect(before).toHaveLength(members + 1);
    const seen = await walk({ role: 'member' }, async (page) => {
      if (page >= 20) return;
      await write(postern(), [`team:all#member@user:new${page}`], page % 2 ? [`team:all#member@user:u${page}`] : []);
      if (page === 10)
        await write(postern(), ['team:all#member@team:more#member', 'organization:acme#admin@user:late']);
    });
    expect(new Set(seen).size).toBe(seen.length);
    const stayed = before.filter((entry) => !/user:u([1-3]?\d)$/.test(entry));
    expect(stayed.filter((entry) => !seen.includes(entry))).toEqual([]);
  }, 120_000);

  test.each<readonly [string, Asked]>([
    ['the first page', { role: 'member' }],
    ['a page of outsiders', { role: 'member', notHolding: { object: object('organization:acme'), relation: 'admin' } }],
    ['a page of what belongs to the organization', { includeContained: true, role: 'editor' }],
    ['everything', { includeContained: true }],
  ])('asks the store a bounded number of times: %s', async (_, asked) => {
    await reviewAccess(postern(), operator, { ...none, ...asked, first: 1 });
    const counts: number[] = [];
    for (const first of [1, 10, 100]) {
      const calls: string[] = [];
      const store = observedStore(postern().store, { asked: (method) => calls.push(method) });
      const page = done(await reviewAccess({ ...postern(), store }, operator, { ...none, ...asked, first }));
      expect(page.entries).toHaveLength(first);
      counts.push(calls.length);
    }
    // Many subjects are asked about in two parts where each has not far to go: the first says how large the second may be.
    expect(Math.max(...counts)).toBeLessThanOrEqual(40);
  });

  test('has a page that is cut short where nothing fits, and goes on behind it', async () => {
    const notHolding = { object: object('organization:acme'), relation: 'member' };
    const page = done(await reviewAccess(postern(), operator, { ...none, role: 'member', notHolding }));
    expect(page).toMatchObject({ entries: [], hasMore: true, isCutShort: true });
    expect(await walk({ role: 'member', notHolding })).toEqual([]);
  }, 60_000);
});

describe('what belongs to an organization', () => {
  test('is paged through once and in full', async () => {
    const seen = await walk({ includeContained: true, role: 'editor' });
    expect(new Set(seen).size).toBe(seen.length);
    // Each folder has its own editor, the admin, and the late one of the test before.
    const own = seen.filter((entry) => /^folder:f\d+ editor folder:f\d+#editor@user:e\d+$/.test(entry));
    expect(own).toHaveLength(folders);
    expect(seen.filter((entry) => entry.endsWith('organization:acme#admin@user:ada'))).toHaveLength(folders);
  }, 60_000);

  test.each([
    [10, false],
    [folders, false],
    [folders + 1, false],
    [folders + 2, true],
  ])('is cut after %i relationships, and says so unless that is all: %s', async (limit, isComplete) => {
    const acme = object('organization:acme');
    const found = await postern().store.reader.withSnapshot([acme], (snapshot) =>
      findContainedObjects(snapshot, acme, limit),
    );
    expect(found.isComplete).toBe(isComplete);
    expect(found.objects).toHaveLength(Math.min(limit, folders + 1) + 1);
  });

  // On several servers nothing is written before it ends: test/store/distributed/states.test.ts.
  test.runIf(!playsCitus)('is one snapshot: a page names nothing that was written after it began', async () => {
    const acme = object('organization:acme');
    const page = await postern().store.reader.withSnapshot([acme], async (snapshot) => {
      await write(postern(), ['organization:acme#admin@user:after']);
      return reviewGrants(snapshot, { ...none, role: 'admin' }, 100, undefined);
    });
    const named = page.ok ? page.value.entries.flatMap(({ via }) => via.map(formatRelationship)) : [];
    expect(named).toContain('organization:acme#admin@user:ada');
    expect(named).not.toContain('organization:acme#admin@user:after');
  });
});
