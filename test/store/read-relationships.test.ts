import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatRelationship } from '../../src/model/relationship.ts';
import { openConnection } from '../../src/store/postgres/connect.ts';
import type { Connection } from '../../src/store/postgres/connection.ts';
import { readRelationships as readRelationshipsApart } from '../../src/store/postgres/distributed/pages.ts';
import { readRelationships } from '../../src/store/postgres/read-relationships.ts';
import type { TransactionSql } from '../../src/store/postgres/sql.ts';
import type { RelationshipCursor, RelationshipFilter } from '../../src/store/relationship-page.ts';
import { useDatabase } from '../support/database.ts';
import { dsl, object, relationship, subject } from '../support/parse.ts';
import { playsCitus } from '../support/play-citus.ts';
import { publish, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
let connection: Connection;
let sql: TransactionSql;

const live = [
  ...Array.from({ length: 12 }, (_, index) => `doc:hot#viewer@user:${index}`),
  ...Array.from({ length: 12 }, (_, index) => `doc:${index}#viewer@user:hot`),
  ...Array.from({ length: 5 }, (_, index) => `doc:${index}#editor@user:${index % 2}`),
  ...Array.from({ length: 5 }, (_, index) => `group:${index}#member@group:${index + 1}#member`),
  ...['doc:hot#viewer@user:*', 'doc:1#viewer@user:*', 'doc:hot#viewer@group:1#member', 'doc:hot#editor@group:1#member'],
  ...['doc:hot#editor@user:hot', 'doc:hot#owner@user:hot', 'group:1#member@user:hot', 'group:1#viewer@user:hot'],
];
const expired = Array.from({ length: 9 }, (_, index) => `doc:${index}#owner@user:${index % 3}`);
/** Objects that nothing is written for any more, before, among and behind the others. */
const gone = ['doc:!', 'doc:0x', 'doc:5x', 'doc:~', 'doc:~~', 'user:!'].map((name) =>
  name.startsWith('doc') ? `${name}#viewer@user:0` : `doc:0#viewer@${name}`,
);

beforeAll(async () => {
  const anybody = '[user, user:*, group#member]';
  const docs = { viewer: anybody, editor: anybody, owner: '[user]' };
  await publish(postern(), dsl({ user: {}, group: { member: anybody, viewer: anybody }, doc: docs, empty: docs }));
  await write(postern(), [...gone, ...live]);
  const past = { expiresAt: new Date('2020-01-01T00:00:00Z') };
  await write(
    postern(),
    expired.map((text) => relationship(text, past)),
    gone,
  );
  connection = await openConnection(database(), { statementTimeoutMs: 10_000 });
  sql = connection.sql;
});

afterAll(() => connection.close());

const filters: readonly RelationshipFilter[] = [undefined, 'doc', 'group', 'user', 'empty', 'nowhere'].flatMap(
  (objectType) =>
    [undefined, 'doc:hot', 'doc:1', 'group:1', 'doc:~', 'doc:nowhere', 'nowhere:1'].flatMap((name) =>
      [undefined, 'viewer', 'owner', 'nowhere'].flatMap((relation) =>
        [undefined, 'user:hot', 'user:1', 'user:*', 'group:1#member', 'group:1', 'user:nobody', 'group:1#nowhere'].map(
          (by) => ({
            objectType,
            object: name === undefined ? undefined : object(name),
            relation,
            subject: by === undefined ? undefined : subject(by),
          }),
        ),
      ),
    ),
);

/** What is live and matches, in the order of the alphabet. */
function expected({ objectType, object: on, relation, subject: by }: RelationshipFilter): readonly string[] {
  const found = live.filter((text) => {
    const one = relationship(text);
    return (
      (objectType === undefined || one.object.type === objectType) &&
      (on === undefined || JSON.stringify(on) === JSON.stringify(one.object)) &&
      (relation === undefined || one.relation === relation) &&
      (by === undefined || JSON.stringify(by) === JSON.stringify(one.subject))
    );
  });
  return found.toSorted();
}

interface Walk {
  readonly found: readonly string[];
  readonly places: readonly RelationshipCursor[];
}

/** All pages of a filter, one after the other. */
async function walk(
  read: typeof readRelationships,
  filter: RelationshipFilter,
  first: number,
  maxExamined?: number,
): Promise<Walk> {
  const found: string[] = [];
  const places: RelationshipCursor[] = [];
  for (let after: RelationshipCursor | undefined; ; ) {
    const { relationships, hasMore, last, isCutShort } = await read(sql, filter, first, after, maxExamined);
    found.push(...relationships.map((one) => formatRelationship(one.relationship)));
    expect(relationships.length).toBeLessThanOrEqual(Math.min(first, maxExamined ?? first));
    // A page that is not full says that it was cut short, or that it is the last one.
    expect(isCutShort).toBe(hasMore && relationships.length < first);
    if (!hasMore) return { found, places };
    if (last === undefined) throw new Error('There is more, and no place to go on after.');
    expect(places).not.toContainEqual(last);
    places.push(last);
    after = last;
  }
}

const sizes = [
  [100, undefined],
  [3, undefined],
  [3, 3],
  [3, 2],
  [2, 7],
] as const;

describe.each([
  ['one server', readRelationships, sizes],
  ['several', readRelationshipsApart, sizes.slice(playsCitus ? 0 : -1)],
] as const)('on %s', (_where, read, sizesHere) => {
  test.each(sizesHere)(
    'pages of %s that look at no more than %s show everything of every filter once',
    async (first, most) => {
      for (const filter of filters) {
        const { found } = await walk(read, filter, first, most);
        expect({ filter, found: found.toSorted() }).toEqual({ filter, found: expected(filter) });
      }
    },
    60_000,
  );

  describe.each<RelationshipFilter>([
    {},
    { relation: 'viewer' },
    { objectType: 'doc' },
    { objectType: 'doc', relation: 'viewer' },
    { objectType: 'user' },
    { object: object('doc:hot') },
    { subject: subject('user:hot') },
    { subject: subject('user:hot'), objectType: 'group' },
    { object: object('doc:hot'), subject: subject('user:hot') },
  ])('the list of %j', (filter) => {
    test('has the same order however it is cut', async () => {
      const whole = await walk(read, filter, 100);
      for (const most of [1, 2, 5]) expect((await walk(read, filter, 4, most)).found).toEqual(whole.found);
    });

    test('shows nothing else after a place in the list of another filter', async () => {
      for (const other of [
        {},
        { objectType: 'doc' },
        { subject: subject('user:hot') },
        { object: object('doc:hot') },
      ]) {
        for (const place of (await walk(read, other, 1, 1)).places) {
          const { relationships } = await read(sql, filter, 100, place);
          const found = relationships.map((one) => formatRelationship(one.relationship));
          expect(expected(filter)).toEqual(expect.arrayContaining(found));
        }
      }
    });
  });
});

test('a page is cut short where too much was looked at, and says where to go on', async () => {
  const filter = { relation: 'owner' };
  const page = await readRelationships(sql, filter, 1, undefined, 4);
  expect(page).toMatchObject({ relationships: [], hasMore: true, isCutShort: true });
  const last = await readRelationships(sql, filter, 1, page.last, 1000);
  expect(last).toMatchObject({ relationships: [{}], hasMore: false, isCutShort: false });
});
