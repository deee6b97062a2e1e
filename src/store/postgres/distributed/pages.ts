import type { ObjectRef } from '../../../model/object-ref.ts';
import { formatSubjectRef } from '../../../model/subject-ref.ts';
import { packSubject } from '../../packed-subject.ts';
import type { RelationshipCursor, RelationshipFilter, RelationshipPage } from '../../relationship-page.ts';
import { rowsOf } from '../connect.ts';
import { thereAt } from '../live-at.ts';
import { maxExaminedRelationships } from '../read-relationships.ts';
import { readClock } from '../read-replay.ts';
import { storedRelationshipOf } from '../relationship-row.ts';
import type { TransactionSql } from '../sql.ts';
import { TermNumbers } from '../term-numbers.ts';
import { nameRows, readStoredObjects } from './name-rows.ts';
import { readNodes } from './objects.ts';
import { type RelationshipColumns, relationshipColumns } from './relationship-columns.ts';

/** A filter in the numbers of the store; undefined where it does not say. */
interface Numbers {
  readonly type: number | undefined;
  readonly object: number | undefined;
  readonly relation: number | undefined;
  readonly subject: number | undefined;
  readonly condition: number | undefined;
}

/** What is looked for, and from where on. */
interface Search {
  readonly filter: RelationshipFilter;
  readonly numbers: Numbers;
  /** What has ended by then is left out. */
  readonly now: string;
  readonly after: RelationshipCursor | undefined;
  readonly limit: number;
  /** So much is looked at in vain at most, where not all is looked for by an index. */
  readonly maxExamined: number;
}

/** At most as many rows as were looked for. */
interface Found {
  readonly rows: readonly RelationshipColumns[];
  /** Where to go on, where the search ended before all was looked at; undefined at the end. */
  readonly end: RelationshipCursor | undefined;
}

/** The same pages in the same orders as from one server. */
export async function readRelationships(
  sql: TransactionSql,
  filter: RelationshipFilter,
  first: number,
  after: RelationshipCursor | undefined,
  maxExamined = maxExaminedRelationships,
): Promise<RelationshipPage> {
  const numbers = await numbersOf(sql, filter);
  if (numbers === undefined) return { relationships: [], hasMore: false, last: undefined, isCutShort: false };
  const now = await readClock(sql);
  const { rows, end } = await find(sql, { filter, numbers, now, after, limit: first + 1, maxExamined });
  const namesOf = await nameRows(sql, rows);
  const relationships = rows.slice(0, first).map((row) => ({
    relationship: storedRelationshipOf({ ...row, ...namesOf(row) }),
    cursor: cursorOf(row),
  }));
  const last = relationships.at(-1)?.cursor;
  if (rows.length > first) return { relationships, hasMore: true, last, isCutShort: false };
  if (end === undefined) return { relationships, hasMore: false, last, isCutShort: false };
  return { relationships, hasMore: true, last: end, isCutShort: rows.length < first };
}

/** Undefined where it names something that nothing has. */
async function numbersOf(
  sql: TransactionSql,
  { objectType, object, relation, subject, condition }: RelationshipFilter,
): Promise<Numbers | undefined> {
  const terms = new TermNumbers(sql);
  const types = [objectType, subject?.kind === 'wildcard' ? subject.type : undefined];
  const relations = [relation, subject?.kind === 'set' ? subject.relation : undefined];
  await terms.find([
    ...types.flatMap((name) => (name === undefined ? [] : [{ kind: 'type', name } as const])),
    ...relations.flatMap((name) => (name === undefined ? [] : [{ kind: 'relation', name } as const])),
    ...(condition === undefined ? [] : [{ kind: 'condition', name: condition } as const]),
  ]);
  const named = [object, subject === undefined || subject.kind === 'wildcard' ? undefined : subject.object];
  const nodes = await readNodes(
    sql,
    named.filter((one): one is ObjectRef => one !== undefined),
  );
  const [objectNumber, root] = object === undefined ? [undefined, nodes[0]] : nodes;
  const numbers = {
    type: objectType === undefined ? undefined : terms.numberOf('type', objectType),
    object: objectNumber ?? undefined,
    relation: relation === undefined ? undefined : terms.numberOf('relation', relation),
    subject: subject && subjectNumber(subject, root ?? undefined, terms),
    condition: condition === undefined ? undefined : terms.numberOf('condition', condition),
  };
  const asked = [objectType, object, relation, subject, condition];
  const found = [numbers.type, numbers.object, numbers.relation, numbers.subject, numbers.condition];
  const isOfOtherType = objectType !== undefined && object !== undefined && object.type !== objectType;
  const isMissing = asked.some((one, index) => one !== undefined && found[index] === undefined);
  return isMissing || isOfOtherType ? undefined : numbers;
}

function subjectNumber(
  subject: NonNullable<RelationshipFilter['subject']>,
  root: number | undefined,
  terms: TermNumbers,
): number | undefined {
  if (subject.kind === 'wildcard') return terms.numberOf('type', subject.type);
  if (subject.kind === 'object' || root === undefined) return root;
  const relation = terms.numberOf('relation', subject.relation);
  return relation === undefined ? undefined : packSubject({ kind: 'set', object: root, relation });
}

async function find(sql: TransactionSql, search: Search): Promise<Found> {
  const { type, object, subject } = search.numbers;
  if (type !== undefined && object === undefined) {
    return subject === undefined ? findByName(sql, search, type) : findOfType(sql, search, type);
  }
  return foundIn(await readRows(sql, search, { after: search.after, limit: mostOf(search) }), search);
}

/** No more rows than are to be looked at. */
function mostOf({ limit, maxExamined }: Search): number {
  return Math.min(limit, maxExamined);
}

/** As many rows as there may be are not all, if more were looked for. */
function foundIn(rows: readonly RelationshipColumns[], search: Search): Found {
  const last = rows.length < mostOf(search) || search.limit <= search.maxExamined ? undefined : rows.at(-1);
  return { rows, end: last && cursorOf(last) };
}

/** The next rows in their order: by the key, or by the subject where that is said and the object is not. */
async function readRows(
  sql: TransactionSql,
  { filter, numbers, now }: Search,
  { after, limit }: Pick<Search, 'after' | 'limit'>,
): Promise<readonly RelationshipColumns[]> {
  const { object, relation, subject } = numbers;
  const isBySubject = object === undefined && subject !== undefined;
  const order = isBySubject ? sql`e.subject, e.relation, e.object` : sql`e.object, e.relation, e.subject`;
  const [first, last] = isBySubject ? [after?.subject, after?.object] : [after?.object, after?.subject];
  return rowsOf(
    await sql<RelationshipColumns[]>`
      select ${relationshipColumns(sql)} from relationship e
      where ${thereAt(sql, sql`e`, now)}
        ${object === undefined ? sql`` : sql`and e.object = ${object}::int8`}
        ${relation === undefined ? sql`` : sql`and e.relation = ${relation}::int2`}
        ${subject === undefined ? sql`` : sql`and e.subject = ${subject}::int8`}
        ${restOf(sql, filter, numbers)}
        and (${order}) > (${first ?? -1}::int8, ${after?.relation ?? 0}::int2, ${last ?? 0}::int8)
      order by ${order}
      limit ${limit}::int8`,
  );
}

const rowsAtOnce = 1000;

/** Those of a subject whose objects are of a type, which is not on the servers that have the rows. */
async function findOfType(sql: TransactionSql, search: Search, type: number): Promise<Found> {
  const found: RelationshipColumns[] = [];
  let { after } = search;
  for (let left = search.maxExamined; left > 0; left -= rowsAtOnce) {
    const limit = Math.min(rowsAtOnce, left);
    const rows = await readRows(sql, search, { after, limit });
    const objects = await readStoredObjects(
      sql,
      rows.map(({ object }) => object),
    );
    found.push(...rows.filter(({ object }) => objects.get(object)?.type === type));
    const last = rows.at(-1);
    if (found.length >= search.limit) return { rows: found.slice(0, search.limit), end: undefined };
    if (rows.length < limit || last === undefined) return { rows: found, end: undefined };
    after = cursorOf(last);
  }
  return { rows: found, end: after };
}

const objectsAtOnce = 500;

/** Objects of a type in the order of their names, each with what is written for it. */
async function findByName(sql: TransactionSql, search: Search, type: number): Promise<Found> {
  const found: RelationshipColumns[] = [];
  let from = await beginAt(sql, search.after);
  for (let left = search.maxExamined; left > 0; left -= objectsAtOnce) {
    const limit = Math.min(objectsAtOnce, left);
    const objects = await readObjectsFrom(sql, type, from, limit);
    if (objects.length > 0) {
      const ids = objects.map(({ id }) => id);
      found.push(...(await readRowsOf(sql, search, ids, mostOf(search) - found.length)));
    }
    const last = objects.at(-1);
    if (found.length >= mostOf(search)) return foundIn(found, search);
    if (objects.length < limit || last === undefined) return { rows: found, end: undefined };
    from = { name: last.name, isIn: false };
    if (left <= objectsAtOnce) return { rows: found, end: { object: last.id, ...behindAll } };
  }
  return { rows: found, end: search.after };
}

/** Behind all that an object could have: larger than all numbers of relations and of subjects. */
const behindAll = { relation: 32767, subject: Number.MAX_SAFE_INTEGER };

interface NamePlace {
  readonly name: string;
  /** Whether the object of this name is one of them. */
  readonly isIn: boolean;
}

/** The object of the place, or the next one where that is done with. */
async function beginAt(sql: TransactionSql, after: RelationshipCursor | undefined): Promise<NamePlace> {
  if (after === undefined) return { name: '', isIn: true };
  const object = (await readStoredObjects(sql, [after.object])).get(after.object);
  return { name: object?.name ?? '', isIn: after.subject !== behindAll.subject };
}

async function readObjectsFrom(sql: TransactionSql, type: number, { name, isIn }: NamePlace, limit: number) {
  return rowsOf(
    await sql<{ id: number; name: string }[]>`
      select id, name from object
      where type = ${type}::int2 and ${isIn ? sql`name >= ${name}` : sql`name > ${name}`}
      order by name limit ${limit}::int8`,
  );
}

/** The rows of these objects, in the order of the list; of the object of the place, those behind it. */
async function readRowsOf(
  sql: TransactionSql,
  { filter, numbers, now, after }: Search,
  objects: readonly number[],
  limit: number,
): Promise<readonly RelationshipColumns[]> {
  const { relation } = numbers;
  const [place, ofRelation, subject] = [after?.object ?? 0, after?.relation ?? 0, after?.subject ?? 0];
  return rowsOf(
    await sql<RelationshipColumns[]>`
      select ${relationshipColumns(sql)}
      from unnest(${[...objects]}::int8[]) with ordinality as q (object, position)
      join relationship e on e.object = q.object
      where e.object = any(${[...objects]}::int8[]) and ${thereAt(sql, sql`e`, now)}
        ${relation === undefined ? sql`` : sql`and e.relation = ${relation}::int2`}
        ${restOf(sql, filter, numbers)}
        and (e.object <> ${place}::int8 or (e.relation, e.subject) > (${ofRelation}::int2, ${subject}::int8))
      order by q.position, e.relation, e.subject
      limit ${limit}::int8`,
  );
}

/** What no index knows. */
function restOf(sql: TransactionSql, { createdBy, expiresBefore }: RelationshipFilter, { condition }: Numbers) {
  const author = createdBy && formatSubjectRef(createdBy);
  const end = expiresBefore?.toISOString();
  return sql`
    ${condition === undefined ? sql`` : sql`and e.condition = ${condition}::int2`}
    ${author === undefined ? sql`` : sql`and e.created_by = ${author}::text`}
    ${end === undefined ? sql`` : sql`and e.expires_at < ${end}::text::timestamptz`}`;
}

function cursorOf({ object, relation, subject }: RelationshipColumns): RelationshipCursor {
  return { object, relation, subject };
}
