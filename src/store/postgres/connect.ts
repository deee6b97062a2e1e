import type postgres from 'postgres';
import { ChannelListener } from './channel-listener.ts';
import { Connection } from './connection.ts';
import { ConnectionPool } from './connection-pool.ts';
import { findServers } from './find-servers.ts';

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
  /** Sees what the database remarks; for tests that have it remark what each statement took. */
  readonly onNotice?: (message: string) => void;
}

/** Opens a pool; connections are made when they are needed and again after the database was away. */
export function connect(url: string, options: ConnectOptions): ConnectionPool {
  // Later than the database itself gives up a statement, or a transaction that nobody goes on with.
  const silenceMs = 2 * options.statementTimeoutMs + 1000;
  return new ConnectionPool({ open: () => openConnection(url, options), size: options.connections, silenceMs });
}

/** Listens on a connection of its own. */
export function connectListener(url: string, options: ConnectOptions): ChannelListener {
  return new ChannelListener((onNotification) => openConnection(url, { ...options, onNotification }));
}

/** A connection to the first of the servers in the address that takes one. */
export async function openConnection(
  url: string,
  options: Omit<ConnectOptions, 'connections'> & { readonly onNotification?: () => void },
): Promise<Connection> {
  const { statementTimeoutMs, onStatement, onNotice, onNotification } = options;
  const session = sessionSettings(statementTimeoutMs);
  return Connection.open(url, findServers(url), { session, onStatement, onNotice, onNotification });
}

/**
 * Plans are generic, because planning a level anew costs more than running it, and nothing is ever read by scanning a
 * table: on a table that was never analyzed, the planner would think that it has ten rows. Nor is it by a bitmap, which is made
 * of everything that matches before the first row of a page is read.
 */
const sessionSettings = (statementTimeoutMs: number) => ({
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
});

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
