import type postgres from 'postgres';
import type { FaultPort } from '../../base/fault-port.ts';
import type { Dialect, SpokenDialect } from '../dialect.ts';
import type { StatementWatch } from '../statement-watch.ts';
import { ChannelListener } from './channel-listener.ts';
import type { Connection } from './connection.ts';
import { ConnectionPool } from './connection-pool.ts';
import { inspectSession, type WantedSession } from './inspect-session.ts';
import { readAddress, wantedAttributes } from './read-address.ts';
import { ServerList } from './server-list.ts';
import type { TransactionSql } from './sql.ts';

/** A part of a statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** The database role that everything but migrations runs as; made by a migration. */
export const applicationRole = 'postern_app';

export interface ConnectOptions extends SpokenDialect {
  readonly connections: number;
  /** The database gives up a statement after this time. */
  readonly statementTimeoutMs: number;
  /** When a session that says nothing is given up: by default, later than the database would end it. */
  readonly silenceMs?: number;
  /** Sees each statement but those that say what a session is; what it does takes its time from every answer. */
  readonly watch?: StatementWatch | undefined;
  /** Is told of each connection that could not be made, whoever waits for it by then. */
  readonly onUnreachable?: (error: unknown) => void;
  /** Sees each statement before it is sent; for tests and benchmarks that count them, or have them explained. */
  readonly onStatement?: (text: string, parameters: readonly unknown[]) => void;
  /** Sees what the database remarks; for tests that have it remark what each statement took. */
  readonly onNotice?: (message: string) => void;
  /** Makes something happen to what is waited for; for tests. */
  readonly faults?: FaultPort | undefined;
}

/** Opens a pool; connections are made when they are needed and again after the database was away. */
export function connect(url: string, options: ConnectOptions): ConnectionPool {
  // Later than the database itself gives up a statement, or a transaction that nobody goes on with.
  const { silenceMs = 2 * options.statementTimeoutMs + 1000 } = options;
  const servers = new ServerList(url);
  const pool = { size: options.connections, silenceMs, watch: options.watch, faults: options.faults };
  const open = () =>
    openSession(servers, url, options).catch((error: unknown) => {
      options.onUnreachable?.(error);
      throw error;
    });
  return new ConnectionPool({ open, ...pool });
}

/** The same, for a standby: no session of it is on any other server. */
export function connectStandby(url: string, options: ConnectOptions): ConnectionPool {
  const silenceMs = 2 * options.statementTimeoutMs + 1000;
  const servers = new ServerList(url);
  const pool = { size: options.connections, silenceMs, watch: options.watch, faults: options.faults };
  return new ConnectionPool({ open: () => openSession(servers, url, { ...options, isOfStandby: true }), ...pool });
}

/** Listens on a connection of its own. */
export function connectListener(url: string, options: ConnectOptions): ChannelListener {
  const servers = new ServerList(url);
  return new ChannelListener((onNotification) => openSession(servers, url, { ...options, onNotification }));
}

type SessionOptions = Omit<ConnectOptions, 'connections'> & {
  readonly onNotification?: () => void;
  readonly isOfStandby?: boolean;
};

/** A connection to the primary among the servers in the address. */
export function openConnection(url: string, options: SessionOptions): Promise<Connection> {
  return openSession(new ServerList(url), url, options);
}

async function openSession(servers: ServerList, url: string, options: SessionOptions): Promise<Connection> {
  const { statementTimeoutMs, onStatement, onNotice, onNotification, faults, isOfStandby = false } = options;
  const { dialect = 'postgres', playsCitus = false } = options;
  const searchPath = readAddress(url).connection.search_path;
  const settings = sessionSettings(statementTimeoutMs, searchPath, planModes[playsCitus ? 'citus' : dialect]);
  const wanted: WantedSession = {
    // May append to the audit log and do no more to it, whatever the user of the address may do.
    role: applicationRole,
    settings,
    takesWrites: !isOfStandby && wantedAttributes(url) === 'read-write',
    isOfStandby,
    dialect,
  };
  const session = { ...settings, role: applicationRole, application_name: applicationName };
  const greet = (sql: TransactionSql) => inspectSession(sql, wanted);
  return servers.open({ session, greet, onStatement, onNotice, onNotification, faults });
}

/** How sessions of servers are told from others. */
export const applicationName = 'postern';

/**
 * Nothing is ever read by scanning a table: on a table that was never analyzed, the planner would think that it has ten rows. Nor is
 * it by a bitmap, which is made of everything that matches before the first row of a page is read.
 */
export const plannerSettings = {
  // As words: postgres.js leaves out settings that are false.
  jit: 'off',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_bitmapscan: 'off',
} as const;

const sessionSettings = (statementTimeoutMs: number, searchPath: unknown, planMode: string) => ({
  // Where the tables are; a user of the database may have another place of its own.
  search_path: typeof searchPath === 'string' ? searchPath : 'public',
  statement_timeout: statementTimeoutMs,
  idle_in_transaction_session_timeout: statementTimeoutMs * 2,
  plan_cache_mode: planMode,
  ...plannerSettings,
});

/**
 * Plans are generic, because planning a level anew costs more than running it; but Citus can plan nothing whose parameters it does
 * not know.
 */
const planModes: Readonly<Record<Dialect, string>> = { postgres: 'force_generic_plan', citus: 'force_custom_plan' };

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
