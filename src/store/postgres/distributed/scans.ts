import { invariant } from '../../../base/invariant.ts';
import type { LooseEnds, RelationshipTexts } from '../../audit-scan.ts';
import { firstObject } from '../../packed-subject.ts';
import type { RelationshipCursor } from '../../relationship-page.ts';
import type { StoredEdge } from '../../replica/stored-edge.ts';
import type { ExpiredPiece } from '../../upkeep.ts';
import { type Fragment, rowsOf } from '../connect.ts';
import { type ProvisoColumns, provisoOf, sqlMicros } from '../read-proviso.ts';
import { type RelationshipPlace, readClock } from '../read-replay.ts';
import type { RelationshipKey } from '../relationship-key.ts';
import { storedRelationshipOf } from '../relationship-row.ts';
import { sentTogether } from '../sent-together.ts';
import type { TransactionSql } from '../sql.ts';
import { utcText } from '../utc-text.ts';
import { type FoundNames, findNames, nameRows } from './name-rows.ts';
import { type RelationshipColumns, relationshipColumns } from './relationship-columns.ts';

/** What goes through all relationships, page by page in the order of their keys: each server gives its next ones, and they are put together. */

/** A page of rows `e`, with these columns. */
function pageAfter(sql: TransactionSql, columns: Fragment, after: RelationshipKey, limit: number): Fragment {
  return sql`
    select ${columns} from relationship e
    where (e.object, e.relation, e.subject) > (${after.object}::int8, ${after.relation}::int2, ${after.subject}::int8)
    order by e.object, e.relation, e.subject
    limit ${limit}::int8`;
}

interface EdgeRow extends RelationshipKey {
  readonly subject_type: number;
  readonly condition: number | null;
  readonly context_text: string | null;
  readonly starts_micros: number | string | null;
  readonly expires_micros: number | string | null;
}

export async function readEdgePage(
  sql: TransactionSql,
  after: RelationshipKey,
  limit: number,
): Promise<readonly StoredEdge[]> {
  const columns = sql`
    e.object, e.relation, e.subject, e.subject_type, e.condition, e.context::text as context_text,
    ${sqlMicros(sql, sql`e.starts_at`)} as starts_micros, ${sqlMicros(sql, sql`e.expires_at`)} as expires_micros`;
  const rows = rowsOf(await sql<EdgeRow[]>`${pageAfter(sql, columns, after, limit)}`);
  return rows.map(({ object, relation, subject, subject_type, ...row }) => {
    const proviso: ProvisoColumns = [row.condition, row.context_text, row.starts_micros, row.expires_micros];
    return { object, relation, subject, subjectType: subject_type, proviso: provisoOf(proviso) };
  });
}

interface TextColumns extends Omit<RelationshipColumns, 'context' | 'starts_at' | 'expires_at' | 'created_at'> {
  readonly context: string | null;
  readonly starts_at: string | null;
  readonly expires_at: string | null;
  readonly created_at: string;
}

export async function readRelationshipTexts(sql: TransactionSql, after: RelationshipPlace, limit: number) {
  const columns = sql`
    e.object, e.relation, e.subject, e.subject_type, e.condition, e.context::text as context, e.created_by,
    ${utcText(sql, sql`e.starts_at`)} as starts_at, ${utcText(sql, sql`e.expires_at`)} as expires_at,
    ${utcText(sql, sql`e.created_at`)} as created_at`;
  const rows = rowsOf(await sql<TextColumns[]>`${pageAfter(sql, columns, after, limit)}`);
  const namesOf = await findNames(sql, rows);
  return rows.map((row): RelationshipTexts & { readonly place: RelationshipPlace } => {
    const { object, relation, subject } = row;
    return {
      ...textsOf(namesOf(row)),
      context: row.context,
      startsAt: row.starts_at,
      expiresAt: row.expires_at,
      createdAt: row.created_at,
      createdBy: row.created_by,
      place: { object, relation, subject },
    };
  });
}

/** What has no name is said as nothing that a log could say. */
function textsOf(names: FoundNames): Pick<RelationshipTexts, 'object' | 'relation' | 'subject' | 'condition'> {
  const set = names.subjectRelation === null ? '' : `#${names.subjectRelation}`;
  return {
    object: `${names.object?.type ?? ''}:${names.object?.name ?? ''}`,
    relation: names.relation ?? '',
    subject: `${names.subjectType ?? ''}:${names.subject?.name ?? '*'}${set}`,
    condition: names.condition,
  };
}

const rowsPerScan = 2000;

export async function readLooseEnds(sql: TransactionSql): Promise<LooseEnds> {
  const [head] = rowsOf(
    await sql<Pick<LooseEnds, 'revision' | 'lastRevision'>[]>`
      select revision, (select coalesce(max(revision), 0) from audit_event) as "lastRevision" from store`,
  );
  invariant(head !== undefined, 'the table "store" has its row');
  let [unnamed, mistyped] = [0, 0];
  for (let last: RelationshipKey | undefined = { object: 0, relation: 0, subject: 0 }; last !== undefined; ) {
    const columns = sql`e.object, e.relation, e.subject, e.subject_type, e.condition`;
    const rows: readonly LooseRow[] = rowsOf(await sql<LooseRow[]>`${pageAfter(sql, columns, last, rowsPerScan)}`);
    const namesOf = await findNames(sql, rows);
    for (const row of rows) {
      const { subject, condition } = namesOf(row);
      const isUnnamed = row.subject >= firstObject && subject === null;
      if (isUnnamed || (row.condition !== null && condition === null)) unnamed += 1;
      if (row.subject_type !== (subject?.type ?? row.subject)) mistyped += 1;
    }
    last = rows.length < rowsPerScan ? undefined : rows.at(-1);
  }
  return { ...head, unnamed, mistyped };
}

type LooseRow = Pick<RelationshipColumns, 'object' | 'relation' | 'subject' | 'subject_type' | 'condition'>;

export async function findExpired(
  sql: TransactionSql,
  endedForMs: number,
  after: RelationshipCursor,
  limit: number,
): Promise<ExpiredPiece> {
  const now = await readClock(sql);
  const columns = sql`
    ${relationshipColumns(sql)},
    e.expires_at < ${now}::text::timestamptz - ${endedForMs}::float8 * interval '1 ms' as is_ended`;
  const rows = rowsOf(
    await sql<(RelationshipColumns & { is_ended: boolean | null })[]>`${pageAfter(sql, columns, after, limit)}`,
  );
  const ended = rows.filter(({ is_ended }) => is_ended === true);
  const namesOf = await nameRows(sql, ended);
  const last = rows.length < limit ? undefined : rows.at(-1);
  return {
    expired: ended.map((row) => storedRelationshipOf({ ...row, ...namesOf(row) })),
    next: last && { object: last.object, relation: last.relation, subject: last.subject },
  };
}

/** Looks into every table that a check needs, wherever it is. */
export async function ping(sql: TransactionSql): Promise<void> {
  await sentTogether([
    sql`select e.object from relationship e limit 1`,
    sql`select id from object limit 1`,
    sql`select exists (select from term) from store`,
  ]);
}
