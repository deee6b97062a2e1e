import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Edge, EdgeQuery, EdgeSource, GrantRange } from '../../../src/engine/ports.ts';
import type { RelationName, TypeName } from '../../../src/model/names.ts';
import { openConnection } from '../../../src/store/postgres/connect.ts';
import type { Connection } from '../../../src/store/postgres/connection.ts';
import type { Sql } from '../../../src/store/postgres/sql.ts';
import type { StoreSnapshot } from '../../../src/store/store-snapshot.ts';
import { useDatabase } from '../../support/database.ts';
import { connectAsOwner } from '../../support/owner-sql.ts';
import { publish, usePostern } from '../../support/postern.ts';
import { QueryPlans, type Statement } from '../../support/query-plan.ts';
import { emptyStore, firstOf, seedAll, steps, unevenModel } from '../../support/uneven-store.ts';

/**
 * What is asked of thousands at once costs what they are, and not their square, nor what else their objects have. The whole table of
 * statements runs on several servers with `npm run test:citus`.
 */

const database = useDatabase();
const statements: Statement[] = [];
const postern = usePostern(database, {
  playsCitus: true,
  onStatement: (text, parameters) => statements.push({ text, parameters }),
});
let owner: Sql;
let connection: Connection;

beforeAll(async () => {
  owner = connectAsOwner(database(), 1);
  await publish(postern(), unevenModel);
  await emptyStore(owner);
  await seedAll(owner, 0, steps - 1);
  connection = await openConnection(database(), { statementTimeoutMs: 20_000, playsCitus: true });
}, 60_000);

afterAll(() => Promise.all([connection.close(), owner.end()]));

const many = 4000;
const user = 'user' as TypeName;
const [hotFolder, hotUser] = [firstOf.folder, firstOf.user];
/** The last one has tens of thousands of viewers and of parts, and the others few. */
const objects = [...Array.from({ length: many - 1 }, (_, index) => firstOf.doc + index * 7), hotFolder];
const sources = (relation: string): readonly EdgeSource[] =>
  objects.map((object) => ({ object, relation: relation as RelationName }));
const edges = (query: Partial<EdgeQuery>): EdgeQuery => ({ direct: [], sets: [], objects: [], ...query });
/** Each has another subject than the others. */
const apart = sources('viewer').map((one, index) => ({ ...one, node: hotUser + index }));

const questions: readonly (readonly [what: string, ask: (snapshot: StoreSnapshot) => Promise<unknown>])[] = [
  [
    'edges to one subject',
    (snapshot) => {
      const asked = { subject: hotUser, subjectType: user, asksWildcard: true };
      return snapshot.readEdges(edges({ direct: sources('viewer').map((one) => ({ ...one, ...asked })) }));
    },
  ],
  [
    'edges to a subject each',
    (snapshot) => {
      const direct = apart.map(({ node, ...one }) => ({
        ...one,
        subject: node,
        subjectType: user,
        asksWildcard: true,
      }));
      return snapshot.readEdges(edges({ direct }));
    },
  ],
  ['edges to sets', (snapshot) => snapshot.readEdges(edges({ sets: sources('viewer') }))],
  ['edges to objects', (snapshot) => snapshot.readEdges(edges({ objects: sources('parent') }))],
  ['edges from them', (snapshot) => snapshot.readEdgesFrom(sources('editor'), 2 * many)],
  [
    'origins',
    (snapshot) =>
      snapshot.readOrigins(
        apart.map(({ node, ...one }): Edge => {
          return { ...one, subject: { kind: 'object', type: user, node }, condition: undefined };
        }),
      ),
  ],
  [
    'grants',
    (snapshot) => {
      const ranges = sources('viewer').map((one): GrantRange => ({ ...one, after: 0, end: undefined }));
      return snapshot.readGrants(ranges, { subject: undefined, expiresBefore: undefined, withoutEnd: false }, 100);
    },
  ],
];

describe(`of ${many} objects, where nothing is known of the tables`, () => {
  test.each(questions)('%s', async (_what, ask) => {
    await postern().store.reader.withSnapshot([], async (snapshot) => {
      statements.length = 0;
      await ask(snapshot);
    });
    const asked = statements.filter(({ text }) => /\brelationship\b/.test(text));
    expect(asked.length).toBeGreaterThan(0);
    let [examined, pages] = [0, 0];
    for (const statement of asked) {
      const plan = await new QueryPlans(connection.sql).of(statement);
      expect(plan.filter(({ kind }) => /Seq Scan|Bitmap|Materialize|Hash|Merge/.test(kind))).toEqual([]);
      examined += Math.max(...plan.map((step) => step.examined));
      pages += Math.max(...plan.map((step) => step.pages));
      await connection.sql.unsafe('deallocate all');
    }
    // A probe is of the subject and of all; each is found from the top of an index.
    expect(examined).toBeLessThanOrEqual(2 * many + 100);
    expect(pages).toBeLessThanOrEqual(5 * 2 * many);
  });
});
