import { makeObjectRef } from '../../model/object-ref.ts';
import { firstObject, firstSetSubject } from '../packed-subject.ts';
import type { HolderSource, PermanentHolder } from '../permanent-holder.ts';
import { rowsOf } from './connect.ts';
import { liveAt, type SnapshotClock } from './live-at.ts';
import type { TransactionSql } from './sql.ts';
import { joinTerm, joinTermNamed } from './term-joins.ts';

/** Plain subjects with a stored relationship that has begun, and has neither an end nor a condition; at most `limit` for each source. */
export async function readPermanentHolders(
  sql: TransactionSql,
  sources: readonly HolderSource[],
  clock: SnapshotClock,
  limit: number,
): Promise<readonly PermanentHolder[]> {
  const types: string[] = sources.map(({ object }) => object.type);
  const names: string[] = sources.map(({ object }) => object.id);
  const relations: string[] = sources.map(({ relation }) => relation);
  const afters: number[] = sources.map(({ after }) => after);
  const rows = rowsOf(
    await sql<HolderRow[]>`
      select q.position::int4 as position, holder.id as node, holder_term.name as type, holder.name
      from unnest(${types}::text[], ${names}::text[], ${relations}::text[], ${afters}::int8[])
        with ordinality as q (type, name, relation, after, position)
      ${joinTermNamed(sql, 'object_term', 'type', sql`q.type`)}
      ${joinTermNamed(sql, 'relation_term', 'relation', sql`q.relation`)}
      join object on object.type = object_term.number and object.name = q.name
      cross join lateral (
        select e.subject from relationship e
        where e.object = object.id and e.relation = relation_term.number
          and e.subject > greatest(q.after, ${firstObject - 1}::int8) and e.subject < ${firstSetSubject}::int8
          and e.expires_at is null and e.condition is null and ${liveAt(sql, sql`e`, clock)}
        order by e.subject
        limit ${limit}
      ) head
      join object holder on holder.id = head.subject
      ${joinTerm(sql, 'holder_term', 'type', sql`holder.type`)}
      order by q.position, head.subject`,
  );
  return rows.map(({ position, node, type, name }) => {
    const subject = makeObjectRef(type, name);
    if (!subject.ok) throw new Error(`A stored object is damaged: ${subject.problem}`);
    return { position: position - 1, node, subject: subject.value };
  });
}

interface HolderRow {
  readonly position: number;
  readonly node: number;
  readonly type: string;
  readonly name: string;
}
