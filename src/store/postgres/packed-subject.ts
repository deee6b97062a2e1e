import { firstObject, firstSetSubject } from '../packed-subject.ts';
import type { Fragment } from './connect.ts';
import type { Sql, TransactionSql } from './sql.ts';

/** The arithmetic of `../packed-subject.ts` in SQL: the number of a subject set. */
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
