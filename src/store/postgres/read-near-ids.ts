import type { ObjectId, TypeName } from '../../model/names.ts';
import type { Terms } from '../terms.ts';
import { rowsOf } from './connect.ts';
import type { TransactionSql } from './sql.ts';

/** How many ids of each kind are read: what is nearest among them is a help, and worth no more than two short scans. */
const mostNear = 500;

/** Ids of a type that an id may be a misspelling of: those that begin as it does, and the first ones of a short list. */
export async function readNearIds(
  sql: TransactionSql,
  terms: Terms,
  type: TypeName,
  id: ObjectId,
): Promise<readonly string[]> {
  const number = terms.type.numberOf(type);
  if (number === undefined) return [];
  const characters = [...id];
  const beginning = characters.slice(0, Math.ceil(characters.length / 3)).join('');
  const rows = rowsOf(
    await sql<{ name: string }[]>`
      (select name from object where type = ${number} and name >= ${beginning} and name < ${`${beginning}\u{10ffff}`}
        order by name limit ${mostNear})
      union all
      (select name from object where type = ${number} order by name limit ${mostNear})`,
  );
  return rows.map(({ name }) => name);
}
