import type { GetColumnData } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/** A row of a table as statements read it that are written by hand: by the names that its columns have in the database. */
export type RowOf<Table extends PgTable> = {
  readonly [Key in keyof Columns<Table> as Columns<Table>[Key]['_']['name']]: GetColumnData<Columns<Table>[Key]>;
};

type Columns<Table extends PgTable> = Table['_']['columns'];
