import { invariant } from '../../../base/invariant.ts';
import type { ObjectRef } from '../../../model/object-ref.ts';
import type { HistoryPoint } from '../../replica/history-point.ts';
import type { EdgeChange, Probe } from '../../replica/replica-feed.ts';
import type { RevisionPage } from '../../revision-page.ts';
import { rowsOf } from '../connect.ts';
import { type ChangeRow, revisionsOf } from '../read-changes.ts';
import { type ProbeColumns, probeOf, selectProbe } from '../read-probe.ts';
import type { RowOf } from '../row-of.ts';
import { sentTogether } from '../sent-together.ts';
import type { TransactionSql } from '../sql.ts';
import type { change } from '../tables.ts';
import { type NumberedRow, nameRows, readStoredObjects } from './name-rows.ts';
import { readNodes } from './objects.ts';

/** What was changed is written down on one server; what it is called is looked up apart. */

type StoredChange = Pick<RowOf<typeof change>, 'revision' | 'operation' | 'model'> &
  (NumberedRow | { readonly [Column in keyof NumberedRow]: null });

export async function readRevisions(sql: TransactionSql, after: number, rows: number): Promise<RevisionPage> {
  const [changes, heads] = await sentTogether([
    sql<StoredChange[]>`
      select e.revision, e.operation, e.model, e.object, e.relation, e.subject, e.subject_type, e.condition, e.context,
        e.starts_at, e.expires_at
      from change e
      where e.revision > ${after}::int8 and e.revision <= (
        select max(revision)
        from (select revision from change where revision > ${after}::int8 order by revision, ordinal limit ${rows}) page
      )
      order by e.revision, e.ordinal`,
    sql<{ removed_to: number }[]>`select changes_removed_to as removed_to from store`,
  ]);
  const [head] = rowsOf(heads);
  invariant(head !== undefined, 'the table "store" has its row');
  const found = rowsOf(changes);
  const namesOf = await nameRows(sql, found.filter(isOfRelationship));
  const named = found.map((row): ChangeRow => {
    const { revision, operation, model } = row;
    if (operation === 'model' || !isOfRelationship(row)) return { revision, model, operation: 'model' };
    return { revision, model, operation, node: row.object, ...namesOf(row) };
  });
  return { revisions: revisionsOf(named), hasMore: found.length >= rows, removedTo: head.removed_to };
}

function isOfRelationship(row: StoredChange): row is StoredChange & NumberedRow {
  return row.object !== null;
}

export async function readProbe(
  sql: TransactionSql,
  since: HistoryPoint,
  objects: readonly ObjectRef[],
): Promise<Probe> {
  const [found, nodes] = await sentTogether([
    sql<ProbeColumns[]>`${selectProbe(sql, since, { column: sql`null`, join: sql`` })} from store`,
    readNodes(sql, objects),
  ]);
  const [row] = rowsOf(found);
  invariant(row !== undefined, 'the table "store" has its row');
  const probe = probeOf(row, since, nodes);
  return { ...probe, changes: await withTypes(sql, probe.changes) };
}

/** With the types of objects, as far as they are stored. */
async function withTypes(sql: TransactionSql, changes: readonly EdgeChange[]): Promise<readonly EdgeChange[]> {
  const written = changes.flatMap((one) => (one.kind === 'write' ? [one.edge.object] : []));
  const objects = await readStoredObjects(sql, written);
  return changes.map((one) =>
    one.kind === 'write' ? { ...one, objectType: objects.get(one.edge.object)?.type } : one,
  );
}
