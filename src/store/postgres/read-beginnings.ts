import type { Beginnings, RelationshipBegun } from '../beginnings.ts';
import { rowsOf } from './connect.ts';
import { fromRelationship } from './read-relationships.ts';
import { type RelationshipNames, relationshipOfNames } from './relationship-row.ts';
import type { RowOf } from './row-of.ts';
import type { TransactionSql } from './sql.ts';
import type { relationship } from './tables.ts';

/** What has begun after one instant, up to another, and when the next one begins: the head of one index. */
export async function readBeginnings(
  sql: TransactionSql,
  { after, now }: { readonly after: Date; readonly now: string },
  limit: number,
): Promise<Beginnings> {
  const head = sql`
    select * from relationship r
    where r.starts_at > ${after.toISOString()}::text::timestamptz order by r.starts_at limit ${limit + 1}`;
  const rows = rowsOf(
    await sql<BeginningRow[]>`
      select e.starts_at <= ${now}::text::timestamptz as has_begun, e.object as node,
        object_term.name as object_type, object.name as object_name,
        relation_term.name as relation, subject_term.name as subject_type, subject_object.name as subject_name,
        subject_relation.name as subject_relation, condition_term.name as condition, e.context, e.starts_at, e.expires_at
      ${fromRelationship(sql, sql`(${head}) e`)}
      order by e.starts_at`,
  );
  return beginningsOf(rows, limit);
}

/** Of the rows that were read, in the order of their beginnings, one more than the limit at most. */
export function beginningsOf(rows: readonly BeginningRow[], limit: number): Beginnings {
  const begun = rows.filter(({ has_begun }) => has_begun === true);
  const next = rows.find(({ has_begun }) => has_begun !== true)?.starts_at ?? undefined;
  return { begun: begun.slice(0, limit).flatMap(begunOf), next, hasMore: begun.length > limit };
}

export interface BeginningRow extends RelationshipNames {
  readonly has_begun: boolean | null;
  readonly node: RowOf<typeof relationship>['object'];
}

function begunOf(row: BeginningRow): readonly RelationshipBegun[] {
  const { node, starts_at: startsAt } = row;
  return startsAt === null ? [] : [{ node, startsAt, relationship: relationshipOfNames(row) }];
}
