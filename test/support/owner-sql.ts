import postgres from 'postgres';
import type { Connections } from '../../src/store/postgres/connection-pool.ts';
import type { Sql, TransactionSql } from '../../src/store/postgres/sql.ts';

/** Connections as the owner of the tables, who may do what the application may not. */
export function connectAsOwner(url: string, connections = 2): Sql {
  const types = { int8: { to: 20, from: [20], serialize: String, parse: Number } };
  return postgres(url, { max: connections, onnotice: () => {}, types }) as unknown as Sql;
}

/** Everything is asked where `sql` is, be it in the middle of a transaction. */
export function connectionsOf(sql: Sql | TransactionSql): Connections {
  const here = sql as TransactionSql;
  return { read: (_kind, question) => question(here), transaction: (_kind, _options, work) => work(here) };
}
