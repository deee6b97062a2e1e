import type { RelationshipChange, Revision, RevisionPage } from '../revision-page.ts';
import { type RelationshipNames, relationshipOfNames } from '../stored-relationship.ts';
import { rowsOf, type Sql, type TransactionSql } from './connect.ts';
import { objectOfPacked, relationOfPacked } from './packed-subject.ts';
import { joinTerm } from './term-joins.ts';

/**
 * The revisions after one, in the order of their commits: about `rows` changes, and no revision in parts.
 *
 * Writes commit one after the other, so a revision that is seen has all others before it. One that changed neither a
 * relationship nor the active model, as that of a model that was only published, is left out.
 */
export async function readRevisions(sql: Sql | TransactionSql, after: number, rows: number): Promise<RevisionPage> {
  const found = rowsOf(
    await sql<ChangeRow[]>`
      select c.revision, c.operation, c.model, c.object as node, object_term.name as object_type, object.name as object_name,
        relation_term.name as relation, subject_term.name as subject_type, subject_object.name as subject_name,
        subject_relation.name as subject_relation, condition_term.name as condition, c.context, c.expires_at
      from change c
      left join object on object.id = c.object
      left join object subject_object on subject_object.id = ${objectOfPacked(sql, sql`c.subject`)}
      ${joinTerm(sql, 'object_term', 'type', sql`object.type`)}
      ${joinTerm(sql, 'relation_term', 'relation', sql`c.relation`)}
      ${joinTerm(sql, 'subject_term', 'type', sql`c.subject_type`)}
      ${joinTerm(sql, 'subject_relation', 'relation', relationOfPacked(sql, sql`c.subject`))}
      ${joinTerm(sql, 'condition_term', 'condition', sql`c.condition`)}
      where c.revision > ${after}::int8 and c.revision <= (
        select max(revision)
        from (select revision from change where revision > ${after}::int8 order by revision, ordinal limit ${rows}) page
      )
      order by c.revision, c.ordinal`,
  );
  return { revisions: revisionsOf(found), hasMore: found.length >= rows };
}

interface ChangeRow extends RelationshipNames {
  readonly revision: number;
  readonly operation: 'write' | 'delete' | 'model';
  readonly model: number | null;
  readonly node: number;
}

function revisionsOf(rows: readonly ChangeRow[]): readonly Revision[] {
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
  const { operation, node } = row;
  if (operation === 'model') return [];
  const relationship = relationshipOfNames(row);
  if (operation === 'write') return [{ operation, relationship, node }];
  return [{ operation, node, relationship: { ...relationship, condition: undefined, expiresAt: undefined } }];
}
