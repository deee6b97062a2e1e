import type { ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { RelationshipCursor, RelationshipFilter } from '../relationship-page.ts';
import type { Fragment } from './connect.ts';
import { thereAt } from './live-at.ts';
import { packedSet } from './packed-subject.ts';
import type { Sql, TransactionSql } from './sql.ts';

/** The relationships that are looked at for a filter. */
export interface Candidates {
  /** At most as many as the limit; `matches` is null for an object of the type that has none, which is looked at as well. */
  readonly rows: Fragment;
  /** Whether one of them, `candidate`, is as the filter says. */
  readonly matches: Fragment;
  /** The columns that they are ordered by. */
  readonly order: Fragment;
}

/**
 * The relationships after a place, by the index that the filter narrows most, in the order of that index.
 *
 * The place says where to begin, and no more: the whole filter is asked of each candidate again.
 */
export function candidatesOf(
  sql: Sql | TransactionSql,
  filter: RelationshipFilter,
  after: RelationshipCursor | undefined,
  limit: number,
): Candidates {
  const { objectType, object, relation, subject } = filter;
  const names: Names = {
    type: objectType === undefined ? undefined : termNumber(sql, 'type', objectType),
    object: object === undefined ? undefined : objectNumber(sql, object),
    relation: relation === undefined ? undefined : termNumber(sql, 'relation', relation),
    subject: subject === undefined ? undefined : subjectNumber(sql, subject),
  };
  return { ...chosen(sql, names, after, limit), matches: sql`${matches(sql, names)} ${matchesRest(sql, filter)}` };
}

/** A filter in the numbers of the store. Names that nothing has find nothing: they are null, and nothing equals null. */
interface Names {
  readonly type: Fragment | undefined;
  readonly object: Fragment | undefined;
  readonly relation: Fragment | undefined;
  readonly subject: Fragment | undefined;
}

type Chosen = Omit<Candidates, 'matches'>;

function chosen(sql: Sql | TransactionSql, names: Names, after: RelationshipCursor | undefined, limit: number): Chosen {
  const { type, object, relation, subject } = names;
  if (object !== undefined && subject !== undefined) return between(sql, object, subject, after, limit);
  if (subject !== undefined) return within(sql, 'subject', subject, relation, after, limit);
  if (object !== undefined) return within(sql, 'object', object, relation, after, limit);
  if (type !== undefined) return ofType(sql, type, relation, after, limit);
  const {
    object: last,
    relation: lastRelation,
    subject: lastSubject,
  } = after ?? { object: 0, relation: 0, subject: 0 };
  const order = sql`object, relation, subject`;
  return {
    rows: sql`
      select * from relationship
      where (${order}) > (${last}::int8, ${lastRelation}::int2, ${lastSubject}::int8)
      order by ${order}
      limit ${limit}`,
    order,
  };
}

/** One look-up for each relation that there is. */
function between(
  sql: Sql | TransactionSql,
  object: Fragment,
  subject: Fragment,
  after: RelationshipCursor | undefined,
  limit: number,
): Chosen {
  return {
    rows: sql`
      select r.* from term
      cross join lateral (
        select * from relationship
        where object = ${object} and relation = term.number and subject = ${subject}
        offset 0
      ) r
      where term.kind = 'relation' and term.number > ${after?.relation ?? 0}::int2
      order by r.relation
      limit ${limit}`,
    order: sql`relation`,
  };
}

/** Larger than all numbers of relations, and of objects and subjects. */
const lastRelation = 32767;
const lastNumber = Number.MAX_SAFE_INTEGER;

/**
 * Everything of one object or one subject, or of one relation of it, as a range of row values.
 *
 * An equality would let the planner drop the first column from the order, and take an index that is not of it.
 */
function within(
  sql: Sql | TransactionSql,
  side: 'object' | 'subject',
  number: Fragment,
  relation: Fragment | undefined,
  after: RelationshipCursor | undefined,
  limit: number,
): Chosen {
  const other = side === 'object' ? 'subject' : 'object';
  const order = sql`${sql(side)}, relation, ${sql(other)}`;
  const start = after === undefined ? sql`${relation ?? 0}, 0` : sql`${after.relation}::int2, ${after[other]}::int8`;
  return {
    rows: sql`
      select * from relationship
      where (${order}) > (${number}, ${start}) and (${order}) <= (${number}, ${relation ?? lastRelation}, ${lastNumber}::int8)
      order by ${order}
      limit ${limit}`,
    order,
  };
}

/**
 * Objects of the type in the order of their names, each with what is written for it. The key of an object without anything
 * is behind all that it could have, so that the next page begins with the object after it.
 */
function ofType(
  sql: Sql | TransactionSql,
  type: Fragment,
  relation: Fragment | undefined,
  after: RelationshipCursor | undefined,
  limit: number,
): Chosen {
  const [least, most] = [relation ?? sql`0::int2`, relation ?? sql`${lastRelation}::int2`];
  const isOfPlace = sql`o.id = ${after?.object ?? 0}::int8`;
  return {
    rows: sql`
      select o.name, o.id as object, coalesce(r.relation, ${lastRelation}::int2) as relation,
        coalesce(r.subject, ${lastNumber}::int8) as subject, r.subject_type, r.condition, r.context, r.starts_at, r.expires_at,
        r.created_at, r.created_by
      from (
        select id, name from object where type = ${type} ${afterName(sql, after)} order by name limit ${limit}
      ) o
      left join lateral (
        select * from relationship
        where (object, relation, subject) > (
            o.id,
            case when ${isOfPlace} then ${after?.relation ?? 0}::int2 else ${least} end,
            case when ${isOfPlace} then ${after?.subject ?? 0}::int8 else 0 end
          )
          and (object, relation, subject) <= (o.id, ${most}, ${lastNumber}::int8)
        order by object, relation, subject
        limit ${limit}
      ) r on true
      order by name, relation, subject
      limit ${limit}`,
    order: sql`name, relation, subject`,
  };
}

/** Objects from that of the place on, or from the next one, if that one is done with. Objects are never removed. */
function afterName(sql: Sql | TransactionSql, after: RelationshipCursor | undefined): Fragment {
  if (after === undefined) return sql``;
  const name = sql`coalesce((select name from object where id = ${after.object}), '')`;
  return after.subject === lastNumber ? sql`and name > ${name}` : sql`and name >= ${name}`;
}

function matches(sql: Sql | TransactionSql, { type, object, relation, subject }: Names): Fragment {
  return sql`candidate.subject_type is not null
    and ${thereAt(sql, sql`candidate`)}
    ${object === undefined ? sql`` : sql`and candidate.object = ${object}`}
    ${relation === undefined ? sql`` : sql`and candidate.relation = ${relation}`}
    ${subject === undefined ? sql`` : sql`and candidate.subject = ${subject}`}
    ${type === undefined ? sql`` : sql`and (select o.type from object o where o.id = candidate.object) = ${type}`}`;
}

/** What no index knows. */
function matchesRest(sql: Sql | TransactionSql, { condition, createdBy, expiresBefore }: RelationshipFilter): Fragment {
  const author = createdBy && formatSubjectRef(createdBy);
  const end = expiresBefore?.toISOString();
  return sql`
    ${condition === undefined ? sql`` : sql`and candidate.condition = ${termNumber(sql, 'condition', condition)}`}
    ${author === undefined ? sql`` : sql`and candidate.created_by = ${author}`}
    ${end === undefined ? sql`` : sql`and candidate.expires_at < ${end}::text::timestamptz`}`;
}

function objectNumber(sql: Sql | TransactionSql, object: ObjectRef): Fragment {
  return sql`(select id from object where type = ${termNumber(sql, 'type', object.type)} and name = ${object.id})`;
}

function subjectNumber(sql: Sql | TransactionSql, subject: SubjectRef): Fragment {
  if (subject.kind === 'wildcard') return sql`${termNumber(sql, 'type', subject.type)}::int8`;
  if (subject.kind === 'object') return objectNumber(sql, subject.object);
  const relation = termNumber(sql, 'relation', subject.relation);
  return packedSet(sql, relation, objectNumber(sql, subject.object));
}

function termNumber(sql: Sql | TransactionSql, kind: 'type' | 'relation' | 'condition', name: string): Fragment {
  return sql`(select number from term where kind = ${kind} and term.name = ${name})`;
}
