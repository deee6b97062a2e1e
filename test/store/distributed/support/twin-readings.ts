import type { Edge, EdgeSource, GrantFilter, GrantRange } from '../../../../src/engine/ports.ts';
import type { RelationName, TypeName } from '../../../../src/model/names.ts';
import type { Relationship } from '../../../../src/model/relationship.ts';
import type { Fragment } from '../../../../src/store/postgres/connect.ts';
import { thereAt } from '../../../../src/store/postgres/live-at.ts';
import { plainShapes } from '../../../../src/store/postgres/plain-shapes.ts';
import { edgeOf } from '../../../../src/store/postgres/read-edges.ts';
import { RelationshipNumbering } from '../../../../src/store/postgres/relationship-numbering.ts';
import { columnsOf } from '../../../../src/store/postgres/relationship-numbers.ts';
import type { Shapes } from '../../../../src/store/postgres/shapes.ts';
import type { TransactionSql } from '../../../../src/store/postgres/sql.ts';
import type { RelationshipCursor, RelationshipFilter } from '../../../../src/store/relationship-page.ts';
import { model, object, subject } from '../../../support/parse.ts';
import { type Asked, instant, language, parts, rewritten, stored, text } from './full-rows.ts';

/** What is asked of each statement that there is twice, of rows that have everything. */

export type Reading = (shapes: Shapes, asked: Asked) => Promise<unknown>;

/** What counts has begun and not ended by the clock of the snapshot; what is there has not ended. */
type About = 'what counts' | 'what is there' | 'everything';

interface AboutRows {
  readonly about: About;
  readonly reading: Reading;
}

const about =
  (what: About) =>
  (...readings: readonly Reading[]): readonly AboutRows[] =>
    readings.map((reading) => ({ about: what, reading }));
const whatCounts = about('what counts');
const whatIsThere = about('what is there');
const everyRow = about('everything');

/** What is no statement, or is none on several servers. */
type NoTwin =
  | ('hasExcerpts' | 'readExcerptOfNodes' | 'ping')
  | ('inState' | 'inLongState' | 'inOneStatement' | 'inQuietState' | 'beginWrite' | 'endWrite' | 'endRemoval');
export type TwinName = Exclude<keyof Shapes, NoTwin>;

const viewer = 'viewer' as RelationName;
const parent = 'parent' as RelationName;
const member = 'member' as RelationName;
const user = 'user' as TypeName;
const team = 'team' as TypeName;
const doc = 'doc' as TypeName;
const docs = ['all', ...parts.keys()].map((id) => `doc:${id}`);
const all = 10_000;
/** So many that what is left out by one clock makes place for others. */
const some = 8;
const start: RelationshipCursor = { object: 0, relation: 0, subject: 0 };

const sourcesOf = ({ node }: Asked, relation: RelationName): readonly EdgeSource[] =>
  docs.map((name) => ({ object: node(name), relation }));

/** In an order of its own, where none is promised. */
function sorted<Item>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const readsEdges: Reading = async (shapes, asked) => {
  const { sql, terms, clock, node } = asked;
  const probe = { subject: node('user:hot'), subjectType: user, asksWildcard: true };
  const answer = await shapes.readEdges(
    sql,
    terms,
    {
      direct: sourcesOf(asked, viewer).map((source) => ({ ...source, ...probe })),
      sets: sourcesOf(asked, viewer),
      objects: sourcesOf(asked, parent),
    },
    clock,
  );
  return { direct: sorted(answer.direct), sets: sorted(answer.sets), objects: sorted(answer.objects) };
};

const readsEdgesFrom: Reading = async (shapes, asked) => {
  const sources = [...sourcesOf(asked, viewer), ...sourcesOf(asked, parent)];
  const { items, isWhole } = await shapes.readEdgesFrom(asked.sql, asked.terms, sources, asked.clock, all);
  return { items: sorted(items), isWhole };
};

const readsEdgesTo: Reading = async (shapes, { sql, terms, clock, node }) => {
  const query = {
    objects: [node('user:hot'), node('folder:hot')],
    sets: [{ node: node('team:hot'), relation: member }],
    wildcards: [user],
    relations: [viewer, parent],
  };
  const { items, isWhole } = await shapes.readEdgesTo(sql, terms, query, clock, all);
  return { items: sorted(items), isWhole };
};

const readsSubjects = (type: TypeName, relation: RelationName | undefined, limit: number): Reading => {
  return async (shapes, asked) => {
    const query = { sources: sourcesOf(asked, viewer), type, relation };
    const first = await shapes.readSubjects(asked.sql, asked.terms, query, asked.clock, 0, limit);
    return [first, await shapes.readSubjects(asked.sql, asked.terms, query, asked.clock, first.at(1) ?? 0, limit)];
  };
};

const readsOrigins: Reading = (shapes, asked) => {
  const to = { kind: 'object', type: user, node: asked.node('user:hot') } as const;
  const edges = sourcesOf(asked, viewer).map((source): Edge => ({ ...source, subject: to, condition: undefined }));
  const [one] = edges;
  return shapes.readOrigins(asked.sql, asked.terms, [
    ...edges,
    ...(one ? [{ ...one, isContextual: true as const }] : []),
  ]);
};

const partRelations = [...(model(language).types.get(doc)?.relations.values() ?? [])];

const readsParts = (limit: number): Reading => {
  return async (shapes, { sql, terms, clock, node }) => {
    const parents = ['folder:0', 'folder:7', 'folder:hot', 'user:hot'].map(node).toSorted((a, b) => a - b);
    const inputs = { terms, clock, edgeOf: (row: Parameters<typeof edgeOf>[0]) => edgeOf(row, terms) };
    return shapes.readParts(sql, inputs, parents, partRelations, limit);
  };
};

const anyGrant: GrantFilter = { subject: undefined, expiresBefore: undefined, withoutEnd: false };

const readsGrants = (filter: Partial<GrantFilter>, limit: number, to?: string): Reading => {
  return async (shapes, asked) => {
    const { sql, terms, clock, node } = asked;
    const inputs = { terms, clock, edgeOf: (row: Parameters<typeof edgeOf>[0]) => edgeOf(row, terms) };
    const ranges = sourcesOf(asked, viewer).map(
      (source, index): GrantRange => ({ ...source, after: 0, end: index % 3 === 0 ? instant(2035) : undefined }),
    );
    const subjectNumber = to === undefined ? undefined : node(to);
    return shapes.readGrants(sql, inputs, ranges, { ...anyGrant, ...filter, subjectNumber }, limit);
  };
};

const readsPermanentHolders = (limit: number): Reading => {
  return (shapes, { sql, clock }) => {
    const sources = [...docs, 'doc:nowhere'].map((name) => ({ object: object(name), relation: viewer, after: 0 }));
    return shapes.readPermanentHolders(sql, sources, clock, limit);
  };
};

const filters: readonly RelationshipFilter[] = [
  {},
  { object: object('doc:all') },
  { object: object('doc:all'), relation: 'viewer' },
  { subject: subject('user:hot') },
  { subject: subject('user:hot'), objectType: 'doc' },
  { objectType: 'doc' },
  { objectType: 'doc', relation: 'parent' },
  { condition: 'late' },
  { createdBy: subject('user:author') },
  { expiresBefore: instant(2060) },
];

/** All pages of a filter, one after the other. */
const readsRelationships = (filter: RelationshipFilter): Reading => {
  return async (shapes, { sql }) => {
    const pages: unknown[] = [];
    for (let after: RelationshipCursor | undefined, hasMore = true; hasMore; ) {
      const page = await shapes.readRelationships(sql, filter, 7, after);
      pages.push(page);
      ({ hasMore, last: after } = page);
    }
    return pages;
  };
};

const readsBeginnings = (after: Date, limit: number): Reading => {
  return async (shapes, { sql, clock }) => {
    const { begun, next, hasMore } = await shapes.readBeginnings(sql, { after, now: clock.now }, limit);
    return { begun: hasMore ? begun.length : sorted(begun), next, hasMore };
  };
};

/** From a revision on, of what is said the clock is left out. */
const readsProbe = (revision: number): Reading => {
  return async (shapes, { sql }) => {
    const { identity, event, hash } = await plainShapes.readHeader(sql, [], undefined);
    const probe = await shapes.readProbe(sql, { identity, revision, event, hash }, docs.map(object));
    return { ...probe, nowMicros: undefined };
  };
};

const rowsOf = async ({ sql }: Asked, listed: readonly Relationship[]) =>
  new RelationshipNumbering(sql, plainShapes).find(listed);

const everything = (sql: TransactionSql) => sql`select * from relationship order by object, relation, subject`;

const upserts = (replaces: boolean): Reading => {
  return async (shapes, asked) => {
    const origin = { at: text(2030), createdBy: 'user:other', revision: 1000 };
    const rows = await rowsOf(asked, rewritten);
    const positions = await shapes.upsertRelationships(asked.sql, rows, origin, replaces);
    return { positions: [...positions].toSorted((a, b) => a - b), left: [...(await everything(asked.sql))] };
  };
};

/** Nobody is told more of a row than this. */
const placed = (found: Awaited<ReturnType<Shapes['readRelationshipsAt']>>) =>
  found.map(({ relationship, position }) => ({ relationship, position }));

const deletes: Reading = async (shapes, asked) => {
  const { sql, clock } = asked;
  const rows = await rowsOf(asked, rewritten);
  const gone = await shapes.deleteRelationships(sql, rows, (row) => thereAt(sql, row, clock.now));
  return { gone: placed(gone), left: [...(await everything(sql))] };
};

const removesEnded: Reading = async (shapes, asked) => {
  const { sql, clock } = asked;
  const rows = await rowsOf(asked, stored);
  const isEnded = (row: Fragment) => sql`${row}.expires_at < ${clock.now}::text::timestamptz`;
  const ended = await shapes.deleteRelationships(sql, rows, isEnded);
  return { ended: ended.length, left: [...(await everything(sql))] };
};

/** Numbers that are new differ each time. */
const numbersObjects: Reading = async (shapes, { sql, terms }) => {
  const names = ['all', 'new', '1', 'newer'];
  const types = names.map(() => terms.type.numberOf(doc) ?? 0);
  const given = await shapes.numberObjects(sql, { types, names });
  return sorted(given.map(({ is_added, id, ...one }) => ({ ...one, is_added, id: is_added ? undefined : id })));
};

const holdingsOf =
  (name: string, limit: number): Reading =>
  (shapes, { sql, clock }) =>
    shapes.readHoldings(sql, { kind: 'all', object: object(name) }, clock.now, limit);

const readsWritten =
  (name: string, limit: number): Reading =>
  (shapes, { sql, clock }) =>
    shapes.readWritten(sql, object(name), clock.now, limit);

const someObjects = [...docs, 'doc:nowhere', 'nowhere:1'].map(object);

/** Every statement that there is twice: one that is forgotten here does not compile. */
export const twins: Readonly<Record<TwinName, readonly AboutRows[]>> = {
  readHeader: everyRow(async (shapes, { sql }) => ({
    ...(await shapes.readHeader(sql, someObjects, undefined)),
    now: undefined,
  })),
  readNodes: everyRow((shapes, { sql }) => shapes.readNodes(sql, someObjects)),
  readEdges: whatCounts(readsEdges),
  readEdgesFrom: whatCounts(readsEdgesFrom),
  readEdgesTo: whatCounts(readsEdgesTo),
  readSubjects: whatCounts(
    readsSubjects(user, undefined, all),
    readsSubjects(user, undefined, some),
    readsSubjects(team, member, all),
  ),
  readOrigins: everyRow(readsOrigins),
  readParts: whatCounts(readsParts(all), readsParts(some)),
  readGrants: [
    ...whatIsThere(readsGrants({}, all), readsGrants({}, some), readsGrants({}, all, 'user:hot')),
    ...whatIsThere(...[2036, 2060].map((year) => readsGrants({ expiresBefore: instant(year) }, all))),
    ...everyRow(readsGrants({ withoutEnd: true }, all)),
  ],
  readHoldings: whatIsThere(
    ...['user:hot', 'team:hot', 'folder:hot'].flatMap((name) => [holdingsOf(name, all), holdingsOf(name, some)]),
    (shapes, { sql, clock }) => {
      const objects = ['team:hot', 'team:3', 'team:nowhere'].map(object);
      return shapes.readHoldings(sql, { kind: 'sets', objects, relation: 'member' }, clock.now, all);
    },
  ),
  readWritten: [
    ...whatIsThere(readsWritten('doc:all', all), readsWritten('doc:all', some)),
    ...everyRow(readsWritten('doc:nowhere', all)),
  ],
  readPermanentHolders: whatCounts(readsPermanentHolders(all), readsPermanentHolders(2)),
  readRelationships: everyRow(...filters.map(readsRelationships)),
  readRelationshipsAt: whatIsThere(async (shapes, asked) => {
    const keys = columnsOf(await rowsOf(asked, rewritten));
    return placed(await shapes.readRelationshipsAt(asked.sql, keys, asked.clock.now));
  }),
  readRevisions: everyRow(
    (shapes, { sql }) => shapes.readRevisions(sql, 0, all),
    (shapes, { sql }) => shapes.readRevisions(sql, 1, 2),
  ),
  readBeginnings: [
    ...whatIsThere(readsBeginnings(instant(2000), all), readsBeginnings(instant(2010), all)),
    ...everyRow(readsBeginnings(instant(2000), some)),
  ],
  readProbe: everyRow(readsProbe(0), readsProbe(2), readsProbe(1000)),
  readEdgePage: everyRow(
    (shapes, { sql }) => shapes.readEdgePage(sql, start, all),
    (shapes, { sql }) => shapes.readEdgePage(sql, start, some),
  ),
  readRelationshipTexts: everyRow(
    (shapes, { sql }) => shapes.readRelationshipTexts(sql, start, all),
    (shapes, { sql }) => shapes.readRelationshipTexts(sql, start, some),
  ),
  readLooseEnds: everyRow((shapes, { sql }) => shapes.readLooseEnds(sql)),
  findExpired: everyRow(
    (shapes, { sql }) => shapes.findExpired(sql, 0, start, all),
    (shapes, { sql }) => shapes.findExpired(sql, 0, start, 5 * some),
    // Some ended before it, and none would have by a clock that goes the other way.
    ...[3, 30].map(
      (years): Reading =>
        (shapes, { sql }) =>
          shapes.findExpired(sql, years * 365 * 86_400_000, start, all),
    ),
  ),
  findNumbers: everyRow(async (shapes, { sql, terms }) => {
    const names = ['all', 'nowhere', '1'];
    const types = names.map(() => terms.type.numberOf(doc) ?? 0);
    return sorted(await shapes.findNumbers(sql, { types, names }));
  }),
  numberObjects: everyRow(numbersObjects),
  upsertRelationships: everyRow(upserts(false), upserts(true)),
  deleteRelationships: whatIsThere(deletes, removesEnded),
};
