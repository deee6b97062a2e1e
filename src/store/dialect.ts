/**
 * What SQL a server of the database speaks: all that PostgreSQL has, or what Citus takes of it where tables are on several servers. That Citus is
 * installed says nothing: where it has shared out no relationships, PostgreSQL is spoken.
 * Found out when a database is inspected, and the same for every session of a store.
 */
export type Dialect = 'postgres' | 'citus';

export interface SpokenDialect {
  /** What the server speaks. */
  readonly dialect?: Dialect;
  /** For tests: a server that speaks PostgreSQL is asked as one is that speaks Citus, on tables that `distributeTables` has prepared for it. */
  readonly playsCitus?: boolean;
  /** For so long a state is kept from commits where it is on several servers; tests, which must not hang on it, give more. */
  readonly heldMs?: number;
}
