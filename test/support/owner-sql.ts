import postgres from 'postgres';
import type { Sql } from '../../src/store/connect.ts';

/** Connections as the owner of the tables, who may do what the application may not. */
export function connectAsOwner(url: string, connections = 2): Sql {
  const types = { int8: { to: 20, from: [20], serialize: String, parse: Number } };
  return postgres(url, { max: connections, onnotice: () => {}, types }) as unknown as Sql;
}
