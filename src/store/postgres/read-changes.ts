import { invariant } from '../../base/invariant.ts';
import type { RelationshipChange, Revision, RevisionPage } from '../revision-page.ts';
import { rowsOf } from './connect.ts';
import { fromRelationship } from './read-relationships.ts';
import { type RelationshipNames, relationshipOfNames } from './relationship-row.ts';
import type { RowOf } from './row-of.ts';
import { sentTogether } from './sent-together.ts';
import type { TransactionSql } from './sql.ts';
import type { change, relationship } from './tables.ts';

/**
 * The revisions after one, in the order of their commits: about `rows` changes, and no revision in parts.
 *
 * Writes commit one after the other, so a revision that is seen has all others before it. One that changed neither a
 * relationship nor the active model, as that of a model that was only published, is left out.
 */
export async function readRevisions(sql: TransactionSql, after: number, rows: number): Promise<RevisionPage> {
  const [changes, [head]] = await sentTogether([
    sql<ChangeRow[]>`
      select e.revision, e.operation, e.model, e.object as node, object_term.name as object_type, object.name as object_name,
        relation_term.name as relation, subject_term.name as subject_type, subject_object.name as subject_name,
        subject_relation.name as subject_relation, condition_term.name as condition, e.context, e.starts_at, e.expires_at
      ${fromRelationship(sql, sql`change e`)}
      where e.revision > ${after}::int8 and e.revision <= (
        select max(revision)
        from (select revision from change where revision > ${after}::int8 order by revision, ordinal limit ${rows}) page
      )
      order by e.revision, e.ordinal`,
    sql<{ removed_to: number }[]>`select changes_removed_to as removed_to from store`,
  ]);
  invariant(head !== undefined, 'the table "store" has its row');
  const found = rowsOf(changes);
  return { revisions: revisionsOf(found), hasMore: found.length >= rows, removedTo: head.removed_to };
}

export type ChangeRow = Pick<RowOf<typeof change>, 'revision' | 'model'> &
  (RelationshipChangeRow | { readonly operation: 'model' });

interface RelationshipChangeRow extends RelationshipNames {
  readonly operation: 'write' | 'delete';
  readonly node: RowOf<typeof relationship>['object'];
}

export function revisionsOf(rows: readonly ChangeRow[]): readonly Revision[] {
  const revisions = new Map<number, ChangeRow[]>();
  for (const row of rows) {
    const ofRevision = revisions.get(row.revision);
    if (ofRevision === undefined) revisions.set(row.revision, [row]);
    else ofRevision.push(row);
  }
  return [...revisions].map(([revision, ofRevision]) => ({
    revision,
    changes: ofRevision.flatMap(changeOf),
    activatedModel: ofRevision.findLast(({ operation }) => operation === 'model')?.model ?? undefined,
  }));
}

/** A delete is written down with what its request said; only the key of the relationship is certain. */
function changeOf(row: ChangeRow): readonly RelationshipChange[] {
  if (row.operation === 'model') return [];
  const { operation, node } = row;
  const relationship = relationshipOfNames(row);
  if (operation === 'write') return [{ operation, relationship, node }];
  const unsaid = { condition: undefined, startsAt: undefined, expiresAt: undefined };
  return [{ operation, node, relationship: { ...relationship, ...unsaid } }];
}
