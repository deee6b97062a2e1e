import type { Loading, TypePage } from '../replica/replica-feed.ts';
import type { StoredEdge } from '../replica/stored-edge.ts';
import { rowsOf } from './connect.ts';
import { type ProvisoColumns, provisoOf, sqlMicros } from './read-proviso.ts';
import { readStateHead } from './read-state-head.ts';
import type { RelationshipKey } from './relationship-key.ts';
import type { TransactionSql } from './sql.ts';

const edgesPerPage = 5000;
const objectsPerPage = 20_000;

/** How a page of edges is read. */
interface EdgePages {
  readonly readEdgePage: typeof readEdgePage;
}

/** Everything that checks need of one state, in the transaction of a snapshot: page by page, each page as a few lists. */
export async function readLoading(sql: TransactionSql, { readEdgePage: readPage }: EdgePages): Promise<Loading> {
  const head = await readStateHead(sql);
  return { head, edges: () => readEdgePages(sql, readPage), objectTypes: () => readTypePages(sql) };
}

async function* readEdgePages(
  sql: TransactionSql,
  readPage: typeof readEdgePage,
): AsyncGenerator<readonly StoredEdge[]> {
  let last: RelationshipKey | undefined = { object: 0, relation: 0, subject: 0 };
  while (last !== undefined) {
    const edges = await readPage(sql, last, edgesPerPage);
    yield edges;
    last = edges.length < edgesPerPage ? undefined : edges.at(-1);
  }
}

/** The rows after a key. In lists, a row is not an object of the driver's, and is read in a fraction of the time. */
export async function readEdgePage(
  sql: TransactionSql,
  after: RelationshipKey,
  limit: number,
): Promise<readonly StoredEdge[]> {
  const [page] = rowsOf(
    await sql<EdgePageRow[]>`
      select
        coalesce(json_agg(object), '[]')::text as objects,
        coalesce(json_agg(relation), '[]')::text as relations,
        coalesce(json_agg(subject), '[]')::text as subjects,
        coalesce(json_agg(subject_type), '[]')::text as types,
        coalesce(
          json_agg(json_build_array(
            position, condition, context::text, ${sqlMicros(sql, sql`starts_at`)}, ${sqlMicros(sql, sql`expires_at`)}
          ))
            filter (where condition is not null or starts_at is not null or expires_at is not null),
          '[]'
        )::text as provisos
      from (
        select object, relation, subject, subject_type, condition, context, starts_at, expires_at,
          row_number() over (order by object, relation, subject) - 1 as position
        from relationship
        where (object, relation, subject) > (${after.object}::int8, ${after.relation}::int2, ${after.subject}::int8)
        order by object, relation, subject
        limit ${limit}
      ) page`,
  );
  return page === undefined ? [] : edgesOf(page);
}

interface EdgePageRow {
  readonly objects: string;
  readonly relations: string;
  readonly subjects: string;
  readonly types: string;
  readonly provisos: string;
}

function edgesOf(page: EdgePageRow): readonly StoredEdge[] {
  const [objects, relations, subjects, types] = [page.objects, page.relations, page.subjects, page.types].map(
    numbersOf,
  );
  const rows = JSON.parse(page.provisos) as readonly (readonly [number, ...ProvisoColumns])[];
  const provisos = new Map(rows.map(([position, ...columns]) => [position, provisoOf(columns)]));
  return (objects ?? []).map((object, position) => ({
    object,
    relation: relations?.[position] ?? 0,
    subject: subjects?.[position] ?? 0,
    subjectType: types?.[position] ?? 0,
    proviso: provisos.get(position),
  }));
}

function numbersOf(list: string): readonly number[] {
  return JSON.parse(list) as readonly number[];
}

async function* readTypePages(sql: TransactionSql): AsyncGenerator<TypePage> {
  let last: number | undefined = 0;
  while (last !== undefined) {
    const page: TypePage = await readTypePage(sql, last);
    yield page;
    last = page.nodes.length < objectsPerPage ? undefined : page.nodes.at(-1);
  }
}

async function readTypePage(sql: TransactionSql, after: number): Promise<TypePage> {
  const [page] = rowsOf(
    await sql<{ nodes: string; types: string }[]>`
      select coalesce(json_agg(id), '[]')::text as nodes, coalesce(json_agg(type), '[]')::text as types
      from (select id, type from object where id > ${after}::int8 order by id limit ${objectsPerPage}) page`,
  );
  return { nodes: numbersOf(page?.nodes ?? '[]'), types: numbersOf(page?.types ?? '[]') };
}
