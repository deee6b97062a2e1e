import { formatObjectRef, makeObjectRef, type ObjectRef } from '../../../model/object-ref.ts';
import type { HoldingQuery } from '../../holding-query.ts';
import { firstObject, firstSetSubject, packSubject, unpackSubject } from '../../packed-subject.ts';
import type { HolderSource, PermanentHolder } from '../../permanent-holder.ts';
import type { StoredRelationship } from '../../stored-relationship.ts';
import { rowsOf } from '../connect.ts';
import { liveAt, type SnapshotClock, thereAt } from '../live-at.ts';
import type { StoredHoldings } from '../read-holdings.ts';
import { storedRelationshipOf } from '../relationship-row.ts';
import { sentTogether } from '../sent-together.ts';
import type { TransactionSql } from '../sql.ts';
import { TermNumbers } from '../term-numbers.ts';
import { nameRows, readStoredObjects, readTermNames } from './name-rows.ts';
import { readNodes } from './objects.ts';
import { readBySubject } from './read-by-subject.ts';
import { readRelationNumbers } from './relation-numbers.ts';
import { type RelationshipColumns, relationshipColumns } from './relationship-columns.ts';
import { pieces } from './values.ts';

export async function readHoldings(
  sql: TransactionSql,
  query: HoldingQuery,
  now: string,
  limit: number,
): Promise<StoredHoldings> {
  const subjects = await subjectNumbers(sql, query);
  if (subjects.length === 0) return { holdings: [], nodes: new Map() };
  const what = {
    columns: relationshipColumns,
    condition: (one: TransactionSql) => thereAt(one, one`e`, now),
  };
  const rows = await readBySubject<RelationshipColumns>(sql, subjects, what, { after: undefined, limit });
  return nameHoldings(sql, rows);
}

/** Relationships by their object, in the order of their keys. */
export async function readWritten(
  sql: TransactionSql,
  object: ObjectRef,
  now: string,
  limit: number,
): Promise<StoredHoldings> {
  const [node] = await readNodes(sql, [object]);
  if (node === undefined || node === null) return { holdings: [], nodes: new Map() };
  const rows = rowsOf(
    await sql<RelationshipColumns[]>`
      select ${relationshipColumns(sql)} from relationship e
      where e.object = ${node}::int8 and ${thereAt(sql, sql`e`, now)}
      order by e.object, e.relation, e.subject
      limit ${limit}::int8`,
  );
  return nameHoldings(sql, rows);
}

async function nameHoldings(sql: TransactionSql, rows: readonly RelationshipColumns[]): Promise<StoredHoldings> {
  const namesOf = await nameRows(sql, rows);
  const nodes = new Map<string, number>();
  const holdings = rows.map((row): StoredRelationship => {
    const stored = storedRelationshipOf({ ...row, ...namesOf(row) });
    nodes.set(formatObjectRef(stored.object), row.object);
    const packed = unpackSubject(row.subject);
    const { subject } = stored;
    if (subject.kind !== 'wildcard' && packed.kind !== 'wildcard') {
      nodes.set(formatObjectRef(subject.object), packed.object);
    }
    return stored;
  });
  return { holdings, nodes };
}

/** An object, and all sets that there could be of it. */
async function subjectNumbers(sql: TransactionSql, query: HoldingQuery): Promise<number[]> {
  const objects = query.kind === 'all' ? [query.object] : query.objects;
  const found = (await readNodes(sql, objects)).filter((node) => node !== null);
  const relations = query.kind === 'all' ? await readRelationNumbers(sql) : await relationNumber(sql, query.relation);
  const sets = found.flatMap((object) => relations.map((relation) => packSubject({ kind: 'set', object, relation })));
  return query.kind === 'all' ? [...found, ...sets] : sets;
}

async function relationNumber(sql: TransactionSql, name: string): Promise<readonly number[]> {
  const terms = new TermNumbers(sql);
  await terms.find([{ kind: 'relation', name }]);
  const number = terms.numberOf('relation', name);
  return number === undefined ? [] : [number];
}

interface Head {
  readonly position: number;
  readonly subject: number;
}

/** A statement for each source, which reads only the head of it, many sent at once. */
export async function readPermanentHolders(
  sql: TransactionSql,
  sources: readonly HolderSource[],
  clock: SnapshotClock,
  limit: number,
): Promise<readonly PermanentHolder[]> {
  const nodes = await readNodes(
    sql,
    sources.map(({ object }) => object),
  );
  const terms = new TermNumbers(sql);
  await terms.find([...new Set(sources.map(({ relation }) => relation))].map((name) => ({ kind: 'relation', name })));
  const known = sources.flatMap(({ relation, after }, position) => {
    const [object, number] = [nodes[position] ?? null, terms.numberOf('relation', relation)];
    return object === null || number === undefined ? [] : [{ position, object, relation: number, after }];
  });
  const heads: Head[] = [];
  for (const piece of pieces(known)) {
    const found = await sentTogether(piece.map((source) => readHead(sql, source, clock, limit)));
    heads.push(...found.flat());
  }
  return nameHolders(sql, heads);
}

async function readHead(
  sql: TransactionSql,
  source: { readonly position: number; readonly object: number; readonly relation: number; readonly after: number },
  clock: SnapshotClock,
  limit: number,
): Promise<readonly Head[]> {
  const rows = rowsOf(
    await sql<{ subject: number }[]>`
      select e.subject from relationship e
      where e.object = ${source.object}::int8 and e.relation = ${source.relation}::int2
        and e.subject > ${Math.max(source.after, firstObject - 1)}::int8 and e.subject < ${firstSetSubject}::int8
        and e.expires_at is null and e.condition is null and ${liveAt(sql, sql`e`, clock)}
      order by e.subject
      limit ${limit}::int8`,
  );
  return rows.map(({ subject }) => ({ position: source.position, subject }));
}

async function nameHolders(sql: TransactionSql, heads: readonly Head[]): Promise<readonly PermanentHolder[]> {
  const objects = await readStoredObjects(
    sql,
    heads.map(({ subject }) => subject),
  );
  const nameOf = await readTermNames(
    sql,
    [...objects.values()].map(({ type }) => ['type', type]),
  );
  return heads.flatMap(({ position, subject: node }) => {
    const holder = objects.get(node);
    if (holder === undefined) return [];
    const subject = makeObjectRef(nameOf('type', holder.type) ?? '', holder.name);
    if (!subject.ok) throw new Error(`A stored object is damaged: ${subject.problem}`);
    return [{ position, node, subject: subject.value }];
  });
}
