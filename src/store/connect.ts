import postgres from 'postgres';

/** A pool of connections on which statements are tagged templates. */
export type Sql = postgres.Sql<{ int8: number }>;
/** One connection of it, inside a transaction. */
export type TransactionSql = postgres.TransactionSql<{ int8: number }>;

/** A part of a statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** The database role that everything but migrations runs as; made by a migration. */
export const applicationRole = 'postern_app';

export interface ConnectOptions {
  readonly connections: number;
  /** The database gives up a statement after this time. */
  readonly statementTimeoutMs: number;
  /** Sees each statement before it is sent; for tests and benchmarks that count them, or have them explained. */
  readonly onStatement?: (text: string, parameters: readonly unknown[]) => void;
}

/**
 * Opens a pool; connections are made when they are needed and again after the database was away.
 *
 * Plans are generic, because planning a level anew costs more than running it, and nothing is ever read by scanning a
 * table: on a table that was never analyzed, the planner would think that it has ten rows. Nor is it by a bitmap, which is made
 * of everything that matches before the first row of a page is read.
 */
export function connect(url: string, options: ConnectOptions): Sql {
  const { connections, statementTimeoutMs, onStatement } = options;
  const settings = {
    max: connections,
    connect_timeout: 5,
    idle_timeout: 60,
    max_lifetime: 30 * 60,
    // Numbers in the database stay below 2^53: see tables.ts.
    types: { int8: { to: 20, from: [20], serialize: String, parse: Number } },
    connection: {
      application_name: 'postern',
      // May append to the audit log and do no more to it, whatever the user of the address may do.
      role: applicationRole,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: statementTimeoutMs * 2,
      plan_cache_mode: 'force_generic_plan',
      // As words: postgres.js leaves out settings that are false.
      jit: 'off',
      enable_seqscan: 'off',
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
      enable_bitmapscan: 'off',
    },
    onnotice: () => {},
    ...(onStatement && {
      debug: (_connection: number, text: string, parameters: readonly unknown[]) => onStatement(text, parameters),
    }),
  };
  // Missing from the types: a full pipeline would let BEGIN slip past its reservation and take the process down.
  const complete = { ...settings, max_pipeline: 1e9 } as unknown as postgres.Options<never>;
  return postgres(url, complete) as unknown as Sql;
}

/**
 * Runs `use` in a transaction, which commits if it succeeds.
 *
 * When the connection is lost meanwhile, postgres.js 3.4.9 would still send its rollback, into a socket that is gone: that
 * ends the process, or leaves a connection that never answers again (its issue 1208). So it must not learn that `use`
 * failed; it ends the transaction itself as soon as it sees the connection closed.
 */
export async function runTransaction<Value>(
  sql: Sql,
  options: string,
  use: (transaction: TransactionSql) => Promise<Value>,
): Promise<Value> {
  const { value } = await sql.begin(options, async (transaction) => ({
    value: await use(transaction).catch((error: unknown) => (isConnectionLost(error) ? never : Promise.reject(error))),
  }));
  return value as Value;
}

const never = new Promise<never>(() => {});

/** Fatal errors of the database, and errors of the driver or of the network, which have a code. */
function isConnectionLost(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return error.severity !== 'ERROR';
  return error instanceof Error && 'code' in error;
}

/**
 * The rows of a result, after making sure that they are its rows.
 *
 * After an error in the middle of a row stream, postgres.js leaves holes at the head of the connection's next result;
 * a hole must never be taken for a row, and never for an allow.
 */
export function rowsOf<Row>(result: readonly Row[] & { readonly count: number }): readonly Row[] {
  // `includes` sees holes, `some` would skip them.
  if (result.length !== result.count || (result as readonly unknown[]).includes(undefined)) {
    throw new Error(`The database returned ${result.count} rows, but the driver ${result.length}.`);
  }
  return result;
}
