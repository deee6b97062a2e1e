import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { HoldingQuery } from '../holding-query.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import { type Fragment, rowsOf } from './connect.ts';
import { thereAt } from './live-at.ts';
import { objectOfPacked, packedSet } from './packed-subject.ts';
import { fromRelationship, selectRelationship } from './read-relationships.ts';
import { type RelationshipRow, storedRelationshipOf } from './relationship-row.ts';
import type { RowOf } from './row-of.ts';
import type { TransactionSql } from './sql.ts';
import type { object } from './tables.ts';
import { joinTermNamed } from './term-joins.ts';

export interface StoredHoldings {
  readonly holdings: readonly StoredRelationship[];
  /** The numbers of all objects that they name. */
  readonly nodes: ReadonlyMap<string, number>;
}

/** Relationships by their subject, those that begin later as well, in the order of their keys: the subject's own first. */
export async function readHoldings(
  sql: TransactionSql,
  query: HoldingQuery,
  now: string,
  limit: number,
): Promise<StoredHoldings> {
  return readNamed(sql, holdingsOf(sql, query, now, limit), sql`e.subject, e.relation, e.object`);
}

/** Relationships by their object, in the order of their keys: the head of one range of the primary key. */
export async function readWritten(
  sql: TransactionSql,
  object: ObjectRef,
  now: string,
  limit: number,
): Promise<StoredHoldings> {
  const written = sql`
    select e.* from relationship e
    where e.object = (
        select o.id from object o
        where o.type = (select number from term where kind = 'type' and term.name = ${object.type}) and o.name = ${object.id}
      )
      and ${thereAt(sql, sql`e`, now)}
    order by e.object, e.relation, e.subject
    limit ${limit}`;
  return readNamed(sql, written, sql`e.object, e.relation, e.subject`);
}

async function readNamed(sql: TransactionSql, edges: Fragment, order: Fragment): Promise<StoredHoldings> {
  const rows = rowsOf(
    await sql<HoldingRow[]>`
      ${selectRelationship(sql)}, e.object as object_key, ${objectOfPacked(sql, sql`e.subject`)} as subject_key
      ${fromRelationship(sql, sql`(${edges}) e`)}
      order by ${order}`,
  );
  const nodes = new Map<string, number>();
  const holdings = rows.map((row) => {
    const stored = storedRelationshipOf(row);
    nodes.set(formatObjectRef(stored.object), row.object_key);
    const { subject } = stored;
    if (subject.kind !== 'wildcard') nodes.set(formatObjectRef(subject.object), row.subject_key);
    return stored;
  });
  return { holdings, nodes };
}

/**
 * Each subject is a range of the reverse index, of which only the head is read, and nothing is named before the limit is met:
 * in one join, a planner that knows little would name and sort everything that the subjects hold.
 */
function holdingsOf(sql: TransactionSql, query: HoldingQuery, now: string, limit: number) {
  return sql`
    select head.*
    from (${subjectNumbers(sql, query)}) q (subject)
    cross join lateral (
      select * from relationship e
      where e.subject = q.subject and ${thereAt(sql, sql`e`, now)}
      order by e.relation, e.object
      limit ${limit}
    ) head
    order by q.subject, head.relation, head.object
    limit ${limit}`;
}

function subjectNumbers(sql: TransactionSql, query: HoldingQuery) {
  const objects = query.kind === 'all' ? [query.object] : query.objects;
  const types: string[] = objects.map(({ type }) => type);
  const names: string[] = objects.map(({ id }) => id);
  const found = sql`
    unnest(${types}::text[], ${names}::text[]) as q (type, name)
    ${joinTermNamed(sql, 'object_term', 'type', sql`q.type`)}
    join object o on o.type = object_term.number and o.name = q.name`;
  const sets = sql`
    select ${packedSet(sql, sql`r.number`, sql`o.id`)} from ${found} join term r on r.kind = 'relation'`;
  if (query.kind === 'sets') return sql`${sets} and r.name = ${query.relation}`;
  return sql`select o.id from ${found} union all ${sets}`;
}

type ObjectNumber = RowOf<typeof object>['id'];

interface HoldingRow extends RelationshipRow {
  readonly object_key: ObjectNumber;
  readonly subject_key: ObjectNumber;
}
