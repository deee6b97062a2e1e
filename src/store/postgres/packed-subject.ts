import type { Fragment } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';
import { firstObject, firstSetSubject } from './tables.ts';

/** A subject as the one number that edges store: see tables.ts. */
export type PackedSubject =
  | { readonly kind: 'object'; readonly object: number }
  | { readonly kind: 'set'; readonly object: number; readonly relation: number }
  | { readonly kind: 'wildcard'; readonly type: number };

export function packSubject(subject: PackedSubject): number {
  switch (subject.kind) {
    case 'object':
      return subject.object;
    case 'set':
      return subject.relation * firstSetSubject + subject.object;
    case 'wildcard':
      return subject.type;
  }
}

export function unpackSubject(packed: number): PackedSubject {
  if (packed >= firstSetSubject) {
    return { kind: 'set', relation: Math.floor(packed / firstSetSubject), object: packed % firstSetSubject };
  }
  return packed >= firstObject ? { kind: 'object', object: packed } : { kind: 'wildcard', type: packed };
}

/** The numbers of the objects of a type, or of their sets of a relation, stand together: `base` is added to each object's. */
export function packedRange(relation: number | undefined) {
  const base = (relation ?? 0) * firstSetSubject;
  return { base, first: base + firstObject, end: base + firstSetSubject };
}

/** The same in SQL: the number of a subject set. */
export function packedSet(sql: Sql | TransactionSql, relation: Fragment, object: Fragment): Fragment {
  return sql`(${relation}::int8 * ${firstSetSubject}::int8 + ${object})`;
}

/** The object that a subject is or that its set is rooted in; of a wildcard a number that no object has. */
export function objectOfPacked(sql: Sql | TransactionSql, subject: Fragment): Fragment {
  return sql`(${subject} % ${firstSetSubject}::int8)`;
}

/** The relation of a subject set; of everything else a number that no relation has. */
export function relationOfPacked(sql: Sql | TransactionSql, subject: Fragment): Fragment {
  return sql`(${subject} / ${firstSetSubject}::int8)`;
}

export function isPackedSet(sql: Sql | TransactionSql, subject: Fragment): Fragment {
  return sql`${subject} >= ${firstSetSubject}::int8`;
}

export function isPackedObject(sql: Sql | TransactionSql, subject: Fragment): Fragment {
  return sql`(${subject} >= ${firstObject}::int8 and ${subject} < ${firstSetSubject}::int8)`;
}
