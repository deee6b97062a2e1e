import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failed } from '../../src/base/result.ts';
import type { ExcerptQuery } from '../../src/engine/excerpt.ts';
import type { EdgeQuery, GrantFilter, ReverseQuery } from '../../src/engine/ports.ts';
import type { Relation } from '../../src/model/model.ts';
import type { ObjectId, RelationName, TypeName } from '../../src/model/names.ts';
import { openConnection } from '../../src/store/postgres/connect.ts';
import type { Connection } from '../../src/store/postgres/connection.ts';
import { maxExaminedRelationships } from '../../src/store/postgres/read-relationships.ts';
import { readRelationshipTexts, readReplaySteps } from '../../src/store/postgres/read-replay.ts';
import type { Sql, TransactionSql } from '../../src/store/postgres/sql.ts';
import type { RelationshipCursor, RelationshipFilter } from '../../src/store/relationship-page.ts';
import type { Store } from '../../src/store/store.ts';
import type { StoreSnapshot } from '../../src/store/store-snapshot.ts';
import { unconstrained } from '../../src/store/write-constraint.ts';
import type { WriteTransaction } from '../../src/store/write-transaction.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { object, relationship, subject } from '../support/parse.ts';
import { playsCitus } from '../support/play-citus.ts';
import { publish, usePostern } from '../support/postern.ts';
import { type PlanStep, QueryPlans, type Statement } from '../support/query-plan.ts';
import {
  analyze,
  emptyStore,
  firstOf,
  seedAll,
  seedRelationships,
  steps,
  unevenModel,
  vacuum,
} from '../support/uneven-store.ts';

/** What the database reads for a question depends on the question alone, and not on what the planner knows of the tables. */

const database = useDatabase();
const statements: Statement[] = [];
const onStatement = (text: string, parameters: readonly unknown[]) => statements.push({ text, parameters });
const postern = usePostern(database, { onStatement });
let owner: Sql;
let connection: Connection;
/** Its statements are seen as those of the store are. */
let seen: Connection;
let sql: TransactionSql;
let plans: QueryPlans;

beforeAll(async () => {
  owner = connectAsOwner(database(), 1);
  connection = await openConnection(database(), { statementTimeoutMs: 20_000, playsCitus });
  seen = await openConnection(database(), { statementTimeoutMs: 20_000, playsCitus, onStatement });
  sql = connection.sql;
  plans = new QueryPlans(sql);
  await publish(postern(), unevenModel);
  await emptyStore(owner);
});

afterAll(() => Promise.all([connection.close(), seen.close(), owner.end()]));

const [hotUser, hotFolder] = [firstOf.user, firstOf.folder];

/**
 * Only of one server: several are asked for an object by an equality, so that one of them is asked. Where a shard had one object and no
 * other when it was analyzed, the planner takes any index that gives the order, until it is analyzed again.
 */
const oneSided: typeof states = [
  ['was about one object when it was analyzed', () => replan(() => analyzeOnly({ object: hotFolder }))],
  ['was about one subject when it was analyzed', () => replan(() => analyzeOnly({ subject: hotUser }))],
];

/** One state after the other: what the planner knows, or when it planned. */
const states: readonly (readonly [name: string, make: () => Promise<void>])[] = [
  [
    'was empty when its statements were planned',
    async () => {
      for (const { run } of cases) for (const statement of await statementsOf(run)) await plans.of(statement);
      await seedAll(owner, 0, steps - 1);
    },
  ],
  ['was never analyzed', () => plans.forget()],
  ['was analyzed', () => replan(() => analyze(owner))],
  ['was vacuumed and analyzed', () => replan(() => vacuum(owner))],
  ...(playsCitus ? [] : oneSided),
  [
    'was short when it was analyzed',
    () =>
      replan(async () => {
        await emptyStore(owner);
        await seedAll(owner, 0, 2);
        await analyze(owner);
        await seedAll(owner, 3, steps - 1);
      }),
  ],
];

async function replan(make: () => Promise<void>): Promise<void> {
  await make();
  await plans.forget();
}

async function analyzeOnly(only: { readonly object?: number; readonly subject?: number }): Promise<void> {
  await owner`truncate relationship`;
  await seedRelationships(owner, 0, 1999, only);
  await analyze(owner);
  await seedRelationships(owner, 0, steps - 1);
}

interface Case {
  readonly name: string;
  /** Rows that each step of a plan may look at. */
  readonly atMost: number;
  readonly run: (store: Store) => Promise<unknown>;
}

/** Rows that a read asks for, and objects that it asks about. */
const page = 20;
const many = 50;
/** A step may look at a few rows for each that is asked for: each name is held against the few of its kind. */
const few = 10;

function reads(name: string, read: (snapshot: StoreSnapshot) => Promise<unknown>, atMost = few * page): Case {
  return { name, atMost, run: ({ reader }) => reader.withSnapshot([object('user:0')], read) };
}

/** What a write does, which then leaves nothing behind. */
function writes(name: string, write: (transaction: WriteTransaction) => Promise<unknown>): Case {
  const run = ({ writer }: Store) =>
    writer.write(unconstrained, async (transaction) => {
      await transaction.openSnapshot([]);
      await write(transaction);
      return failed('undone');
    });
  return { name, atMost: few * many, run };
}

const typeName = (name: string) => name as TypeName;
const relationName = (name: string) => name as RelationName;
const source = (node: number, relation: string) => ({ object: node, relation: relationName(relation) });
const someDocs = Array.from({ length: many }, (_, index) => firstOf.doc + index * 97);
const docSources = (relation: string) => someDocs.map((doc) => source(doc, relation));
const hotViewers = [source(hotFolder, 'viewer'), source(hotFolder + 1, 'viewer')];
const edges = (query: Partial<EdgeQuery>): EdgeQuery => ({ direct: [], sets: [], objects: [], ...query });
const reverse = (query: Partial<ReverseQuery>): ReverseQuery => {
  const relations = ['viewer', 'editor', 'parent', 'member'].map(relationName);
  return { objects: [], sets: [], wildcards: [], relations, ...query };
};
const users = { type: typeName('user'), relation: undefined };
const members = { type: typeName('group'), relation: relationName('member') };
const anyGrant: GrantFilter = { subject: undefined, expiresBefore: undefined, withoutEnd: false };
const range = (node: number, relation: string, after = 0) => ({ ...source(node, relation), after, end: undefined });
const written = (name: (index: number) => string) =>
  Array.from({ length: many }, (_, index) => relationship(name(index)));
const present = written((index) => `doc:${index}#editor@user:${index}`);
const partRelations = ({ prepared: { model } }: StoreSnapshot): readonly Relation[] =>
  ['doc', 'folder'].flatMap((type) => model.types.get(typeName(type))?.relations.get(relationName('parent')) ?? []);
const beginning = { object: 0, relation: 0, subject: 0 };

const most = maxExaminedRelationships + page;
const late = { object: firstOf.doc + 20_000, relation: 0, subject: 0 };
const lateSubject = { object: hotFolder, relation: 0, subject: hotUser + 20_000 };
/** Where the index of a filter finds much that does not match, or an object or a type has much, a page looks at no more than it may. */
const lists: readonly (readonly [filter: RelationshipFilter, after: RelationshipCursor | undefined, atMost: number])[] =
  [
    [{}, undefined, few * page],
    [{}, late, few * page],
    [{ relation: 'parent' }, late, few * page],
    [{ relation: 'holder' }, undefined, most],
    [{ object: object('folder:0') }, undefined, few * page],
    [{ object: object('folder:0'), relation: 'viewer' }, lateSubject, few * page],
    [{ object: object('folder:0'), relation: 'parent' }, undefined, few * page],
    [{ object: object('folder:0'), subject: subject('user:20000') }, undefined, few * page],
    [{ object: object('doc:5'), relation: 'viewer', subject: subject('user:0') }, undefined, few * page],
    [{ subject: subject('user:0') }, undefined, few * page],
    [{ subject: subject('user:0'), relation: 'viewer' }, undefined, few * page],
    [{ subject: subject('user:0'), relation: 'editor' }, undefined, few * page],
    [{ subject: subject('folder:0'), objectType: 'folder' }, undefined, most],
    [{ subject: subject('group:1#member') }, undefined, few * page],
    [{ objectType: 'doc' }, undefined, few * page],
    [{ objectType: 'doc' }, late, few * page],
    [{ objectType: 'doc', relation: 'parent' }, undefined, few * page],
    [{ objectType: 'folder' }, undefined, most],
    [{ objectType: 'user' }, undefined, most],
    [{ objectType: 'rare' }, undefined, few * page],
    [{ objectType: 'rare', relation: 'viewer' }, undefined, few * page],
    [{ condition: 'none' }, undefined, most],
    [{ createdBy: subject('user:0') }, late, most],
    [{ expiresBefore: new Date('2100-01-01T00:00:00Z') }, undefined, most],
    [{ subject: subject('user:0'), createdBy: subject('user:0') }, undefined, most],
    [{ objectType: 'doc', condition: 'none' }, undefined, most],
  ];

/** A subject with very many relationships, an object with as many, and a page of objects beside it. */
const excerpts: readonly (readonly [what: string, query: ExcerptQuery])[] = (['user:0', 'user:7'] as const).map(
  (who) => [
    who,
    {
      subjects: [object(who)],
      objects: [object('folder:0'), ...Array.from({ length: many - 1 }, (_, index) => object(`doc:${index * 31}`))],
      demand: {
        direct: [relationName('viewer'), relationName('editor')],
        parents: [relationName('parent')],
        sets: [{ written: relationName('member'), held: relationName('member') }],
      },
    },
  ],
);

const cases: readonly Case[] = [
  {
    name: 'opening a snapshot',
    atMost: few * many,
    run: ({ reader }) =>
      reader.withSnapshot(
        Array.from({ length: many }, (_, index) => object(`doc:${index * 31}`)),
        async () => undefined,
      ),
  },
  reads(
    'edges to one subject',
    (snapshot) => {
      const asked = { subject: hotUser, subjectType: typeName('user'), asksWildcard: true };
      const sources = [source(hotFolder, 'viewer'), ...docSources('viewer')];
      return snapshot.readEdges(edges({ direct: sources.map((one) => ({ ...one, ...asked })) }));
    },
    few * many,
  ),
  reads(
    'edges to sets',
    (snapshot) => snapshot.readEdges(edges({ sets: [source(hotFolder, 'viewer'), ...docSources('viewer')] })),
    few * many,
  ),
  reads(
    'edges to objects',
    (snapshot) => snapshot.readEdges(edges({ objects: [source(hotFolder, 'parent'), ...docSources('parent')] })),
    few * many,
  ),
  ...excerpts.map(([what, query]): Case => {
    const run = async ({ reader }: Store) => {
      // Which model is active is known from a snapshot before.
      await reader.withSnapshot([], async () => undefined);
      return reader.withExcerpt(
        () => query,
        () => true,
      );
    };
    return { name: `an excerpt of ${what}`, atMost: few * many, run };
  }),
  ...excerpts.map(([what, query]) =>
    reads(`an excerpt in a snapshot of ${what}`, (snapshot) => snapshot.readExcerpt(query), few * many),
  ),
  reads('edges from a hot object', (snapshot) => snapshot.readEdgesFrom([source(hotFolder, 'viewer')], page)),
  reads('edges from many objects', (snapshot) => snapshot.readEdgesFrom(docSources('editor'), page)),
  reads('edges to a hot subject', (snapshot) => snapshot.readEdgesTo(reverse({ objects: [hotUser] }), page)),
  reads('edges to many subjects', (snapshot) => {
    const objects = Array.from({ length: page }, (_, index) => hotUser + 5 + index);
    const sets = [{ node: firstOf.group as number, relation: relationName('member') }];
    return snapshot.readEdgesTo(reverse({ objects, sets, wildcards: [typeName('user')] }), page);
  }),
  reads('objects of a type', (snapshot) => snapshot.readObjects(typeName('doc'), undefined, page)),
  reads('later objects of a type', (snapshot) => snapshot.readObjects(typeName('doc'), '5' as ObjectId, page)),
  reads('objects of a rare type', (snapshot) => snapshot.readObjects(typeName('rare'), undefined, page)),
  reads('names', (snapshot) => snapshot.readNames(someDocs)),
  reads('subjects', (snapshot) => snapshot.readSubjects({ sources: hotViewers, ...users }, 0, page)),
  reads('later subjects', (snapshot) =>
    snapshot.readSubjects({ sources: hotViewers, ...users }, hotUser + 20_000, page),
  ),
  reads('subjects that are sets', (snapshot) => snapshot.readSubjects({ sources: hotViewers, ...members }, 0, page)),
  reads('origins', (snapshot) => {
    const to = { kind: 'object', type: typeName('user'), node: hotUser } as const;
    return snapshot.readOrigins(docSources('viewer').map((one) => ({ ...one, subject: to, condition: undefined })));
  }),
  reads('permanent holders', (snapshot) => {
    const sources = ['folder:0', 'folder:1'].map((one) => ({ object: object(one), relation: 'viewer', after: 0 }));
    return snapshot.readPermanentHolders(sources, page);
  }),
  ...['user:0', 'user:7', 'user:20000', 'folder:0', 'group:0'].map((name) =>
    reads(`holdings of ${name}`, (snapshot) => snapshot.readHoldings({ kind: 'all', object: object(name) }, page)),
  ),
  ...['folder:0', 'doc:5', 'rare:1'].map((name) =>
    reads(`what is written on ${name}`, (snapshot) => snapshot.readWritten(object(name), page)),
  ),
  reads('holdings of sets', (snapshot) => {
    const objects = ['group:1', 'group:2', 'group:3'].map((name) => object(name));
    return snapshot.readHoldings({ kind: 'sets', objects, relation: 'member' }, page);
  }),
  reads('parts of a hot object', (snapshot) => snapshot.readParts([hotFolder], partRelations(snapshot), page)),
  reads('parts of many objects', (snapshot) => {
    const parents = Array.from({ length: page }, (_, index) => hotFolder + 1 + index);
    return snapshot.readParts(parents, partRelations(snapshot), page);
  }),
  reads('grants', (snapshot) =>
    snapshot.readGrants([range(hotFolder, 'viewer'), range(hotFolder + 1, 'viewer')], anyGrant, page),
  ),
  reads('later grants', (snapshot) =>
    snapshot.readGrants([range(hotFolder, 'viewer', hotUser + 15_000)], anyGrant, page),
  ),
  reads('grants of one subject', (snapshot) => {
    const ranges = [range(hotFolder, 'viewer'), ...someDocs.map((doc) => range(doc, 'viewer'))];
    return snapshot.readGrants(ranges, { ...anyGrant, subject: subject('user:0') }, page);
  }),
  reads('grants without an end', (snapshot) =>
    snapshot.readGrants([range(hotFolder, 'viewer')], { ...anyGrant, withoutEnd: true }, page),
  ),
  reads('what begins next', (snapshot) => snapshot.readBeginnings(new Date(), page)),
  reads('what has begun', (snapshot) => snapshot.readBeginnings(new Date('2015-01-03T00:00:00Z'), page)),
  reads('revisions', (snapshot) => snapshot.readRevisions(5000, page)),
  ...[0, hotFolder].map((start): Case => {
    const read = () => readRelationshipTexts(seen.sql, { ...beginning, object: start }, page);
    return { name: `relationships as texts after ${start}`, atMost: few * page, run: read };
  }),
  ...lists.map(([filter, after, atMost], index): Case => {
    const name = `the list ${index}, of ${Object.keys(filter).join(' and ') || 'everything'}`;
    return { name, atMost, run: (store) => store.readRelationships(filter, page, after) };
  }),
  {
    name: 'steps of a replay',
    atMost: few * page,
    run: () => readReplaySteps(seen.sql, 5000, page),
  },
  { name: 'links of the log', atMost: few * page, run: ({ audit }) => audit.links(5000, 6000, page) },
  { name: 'strays of the log', atMost: few * page, run: ({ audit }) => audit.strays() },
  writes('writing', (transaction) => {
    return transaction.relationships.write(
      written((index) => `doc:new${index}#viewer@user:new${index}`),
      undefined,
    );
  }),
  writes('writing what is there', (transaction) => transaction.relationships.write(present, undefined)),
  writes('finding', (transaction) => transaction.relationships.find(present)),
  writes('deleting', (transaction) => transaction.relationships.delete(present)),
  writes('outcomes', async (transaction) => {
    await transaction.outcomes.find('user:1', '1000');
    await transaction.outcomes.store('user:1', 'new', '', {});
  }),
];

/** The statements that are run for a case, without those that open and close its transaction. */
async function statementsOf(run: Case['run']): Promise<readonly Statement[]> {
  statements.length = 0;
  await run(postern().store);
  // The driver asks the catalog about types.
  return statements.filter(
    ({ text }) =>
      /^\s*(with|select|insert|update|delete)/.test(text) && !/pg_settings|shard_revision|pg_advisory/.test(text),
  );
}

/** Tables that are one page. */
const small = ['store', 'audit_anchor', 'term'];

/**
 * Whether it goes through an index to find what it does not give: that costs pages, and counts no row. The few pages of the
 * names that it asks for are its own as well.
 */
function isWalk({ kind, pages, examined, loops }: PlanStep, searches: number): boolean {
  return kind.includes('Index') && pages > 4 * (examined + loops + searches) + 30;
}

/** How often an index is gone into from above for lists in a condition: once for each item of one with each item of the others. */
function searchesFor({ text, parameters }: Statement): number {
  const lists = [...text.matchAll(/= any\(\$(\d+)::/g)].map(([, number]) => String(parameters[Number(number) - 1]));
  return lists.map((list) => list.split(',').length).reduce((product, length) => product * length, 1);
}

describe.each(states)('in a store that %s', (_name, make) => {
  beforeAll(make, 60_000);

  test.each(cases)(
    '$name: no table or index is gone through, and no step reads more than is asked for',
    async (one) => {
      const asked = await statementsOf(one.run);
      expect(asked.length).toBeGreaterThan(0);
      for (const statement of asked) {
        const found = await plans.of(statement);
        const searches = searchesFor(statement);
        const scans = found.filter(({ kind, reads }) => /Seq Scan|Bitmap/.test(kind) && !small.includes(reads ?? ''));
        const tooMany = found.filter(({ examined }) => examined > one.atMost);
        expect({
          statement: statement.text,
          scans,
          tooMany,
          walks: found.filter((step) => isWalk(step, searches)),
        }).toEqual({
          statement: statement.text,
          scans: [],
          tooMany: [],
          walks: [],
        });
      }
    },
  );
});
