import { invariant } from '../../base/invariant.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { HistoryPoint } from '../replica/history-point.ts';
import type { EdgeChange, Probe } from '../replica/replica-feed.ts';
import { type Fragment, rowsOf } from './connect.ts';
import { hashThen } from './read-history-proof.ts';
import { nodesOf } from './read-nodes.ts';
import { type ProvisoColumns, provisoOf, sqlMicros } from './read-proviso.ts';
import { type HeadColumns, headColumns, headOf } from './read-state-head.ts';
import type { TransactionSql } from './sql.ts';

const changesPerProbe = 2000;

/**
 * Where the store is, and what it changed since, with one statement, and so of one state. Mostly nothing was changed, and only
 * the row of the store and one event are read.
 */
export async function readProbe(
  sql: TransactionSql,
  since: HistoryPoint,
  objects: readonly ObjectRef[],
): Promise<Probe> {
  const [row] = rowsOf(
    await sql<ProbeRow[]>`
      ${selectProbe(sql, since, typeOfObject(sql))},
        ${objects.length === 0 ? sql`null` : nodesOf(sql, objects)} as nodes
      from store`,
  );
  invariant(row !== undefined, 'the table "store" has its row');
  const nodes = row.nodes ?? [];
  invariant(nodes.length === objects.length, 'the database says of each object whether it knows it');
  return probeOf(row, since, nodes);
}

/** With the type of each object as `type` says it. */
export function selectProbe(sql: TransactionSql, since: HistoryPoint, type: ObjectType) {
  return sql`
      select ${headColumns(sql)}, ${hashThen(sql, since.event)} as hash_then,
        case when store.revision > ${since.revision} then ${changesAfter(sql, since.revision, type)} end as changed`;
}

/** How the type of the object of a change is found. */
export interface ObjectType {
  readonly column: Fragment;
  readonly join: Fragment;
}

function typeOfObject(sql: TransactionSql): ObjectType {
  return {
    column: sql`object.type`,
    join: sql`left join lateral (select type from object o where o.id = c.object offset 0) object on true`,
  };
}

/** What was found, with the nodes of the objects. */
export function probeOf(row: ProbeColumns, since: HistoryPoint, nodes: readonly (number | null)[]): Probe {
  const [toldTo, untold, changes] = row.changed === null ? unchanged(since) : (JSON.parse(row.changed) as Changed);
  return {
    ...headOf(row),
    hashThen: row.hash_then ?? undefined,
    toldTo,
    untold: untold ?? undefined,
    changes: (changes ?? []).map(changeOf),
    nodes: nodes.map((node) => node ?? undefined),
  };
}

/**
 * About as many as are good to read at once, and no revision in parts. Each revision leaves an event, and what it changed, unless it
 * only publishes a model.
 */
function changesAfter(sql: TransactionSql, revision: number, type: ObjectType) {
  return sql`(
    select json_build_array(
      told.last,
      (
        select revision from audit_event e
        where revision > ${revision}::int8 and revision <= told.last
          and not exists (select from change c where c.revision = e.revision offset 0)
        group by revision having not bool_or(action = 'publishModel')
        limit 1
      ),
      (
        select json_agg(
          json_build_array(c.revision, c.operation, c.object, c.relation, c.subject, c.subject_type, ${type.column}, c.model,
            c.condition, c.context::text, ${sqlMicros(sql, sql`c.starts_at`)}, ${sqlMicros(sql, sql`c.expires_at`)})
          order by c.revision, c.ordinal
        )
        from change c
        ${type.join}
        where c.revision > ${revision}::int8 and c.revision <= told.last
      )
    )::text
    from (
      select case when count(*) < ${changesPerProbe}::int8 then store.revision else max(page.revision) end as last
      from (
        select c.revision from change c
        where c.revision > ${revision}::int8 order by c.revision, c.ordinal limit ${changesPerProbe}
      ) page
    ) told
  )`;
}

type Changed = readonly [toldTo: number, untold: number | null, changes: readonly ChangeColumns[] | null];

function unchanged({ revision }: HistoryPoint): Changed {
  return [revision, null, null];
}

export interface ProbeColumns extends HeadColumns {
  readonly hash_then: string | null;
  readonly changed: string | null;
}

interface ProbeRow extends ProbeColumns {
  readonly nodes: readonly (number | null)[] | null;
}

type ChangeColumns = readonly [
  revision: number,
  operation: 'write' | 'delete' | 'model',
  object: number,
  relation: number,
  subject: number,
  subjectType: number,
  objectType: number | null,
  model: number,
  ...ProvisoColumns,
];

function changeOf(columns: ChangeColumns): EdgeChange {
  const [revision, operation, object, relation, subject, subjectType, objectType, model, ...proviso] = columns;
  switch (operation) {
    case 'write': {
      const edge = { object, relation, subject, subjectType, proviso: provisoOf(proviso) };
      return { revision, kind: 'write', edge, objectType: objectType ?? undefined };
    }
    case 'delete':
      return { revision, kind: 'delete', object, relation, subject };
    case 'model':
      return { revision, kind: 'model', model };
  }
}
