import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import postgres from 'postgres';
import { parseExactJson } from '../../base/exact-number.ts';
import { at, type FaultPort } from '../../base/fault-port.ts';
import { turns } from '../../base/turns.ts';
import { withDeadline } from '../../base/with-deadline.ts';
import { arrayTypes } from './array-types.ts';
import { readAddress } from './read-address.ts';
import type { Sql, TransactionSql } from './sql.ts';
import { withFaults } from './with-faults.ts';

/** A server of the database; a path stands for a socket in the file system. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly path: string | undefined;
}

export interface ConnectionOptions {
  /** Settings that the database keeps for the session. */
  readonly session: Readonly<Record<string, string | number>>;
  /** The first that is asked of it; throws where it must not be used. */
  readonly greet: (sql: TransactionSql) => Promise<unknown>;
  /** Sees each statement before it is sent. */
  readonly onStatement?: ((text: string, parameters: readonly unknown[]) => void) | undefined;
  /** Sees what the database remarks. */
  readonly onNotice?: ((message: string) => void) | undefined;
  /** Sees what is said on channels that are listened to. */
  readonly onNotification?: ((channel: string) => void) | undefined;
  readonly faults?: FaultPort | undefined;
}

/** The session is over, and with it the transaction that was open. It has a code, as errors of the network have. */
export class ConnectionLost extends Error {
  readonly code: string;

  constructor(cause: Error | undefined) {
    const code = cause !== undefined && 'code' in cause ? String(cause.code) : 'CONNECTION_CLOSED';
    super(`The connection to the database was lost (${code}).`, { cause });
    this.code = code;
  }
}

/**
 * One session of the database, from its beginning to its end.
 *
 * postgres.js 3.4.9 mends a lost connection by itself: it would send the rest of a transaction to a new session, or write into
 * a socket that is gone, which ends the process (its issue 1208). Here it gets one socket and no second one, so whatever is
 * asked after the end fails; and it asks for no types of its own, as nobody waits for that promise of its.
 */
export class Connection {
  readonly sql: TransactionSql;
  /** When it was opened, on the clock of `performance`. */
  readonly openedAt = performance.now();
  readonly #whenLost = new Set<(loss: ConnectionLost) => void>();
  readonly #driver: Sql;
  #socket: Socket | undefined;
  #loss: ConnectionLost | undefined;
  #isGreeted = false;

  private constructor(url: string, address: ServerAddress, { onStatement, faults, ...options }: ConnectionOptions) {
    const settings = {
      ...driverSettings(address, options),
      socket: () => this.#dial(address),
      onclose: () => this.#lose(undefined),
      // The driver keeps a stack of each statement for whoever listens here.
      ...(onStatement && {
        debug: (_connection: number, text: string, parameters: readonly unknown[]) => {
          if (this.#isGreeted) onStatement(text, parameters);
        },
      }),
    };
    const read = readAddress(url, settings);
    // What the address says of the session counts less than what it must be.
    const connection = { ...read.connection, ...options.session };
    this.#driver = postgres({ ...read, connection } as unknown as postgres.Options<never>) as unknown as Sql;
    const sql = this.#driver as unknown as TransactionSql;
    this.sql = faults === undefined ? sql : withFaults(sql, faults);
  }

  /** Returns when the database has answered for the first time, and is what it must be. */
  static async open(url: string, address: ServerAddress, options: ConnectionOptions): Promise<Connection> {
    const connection = new Connection(url, address, options);
    try {
      const greet = async () => options.greet(connection.sql);
      const greeted = connection.orLost(at(options.faults, 'openSession', greet));
      await withDeadline(greeted, connectTimeoutMs, 'Connecting to the database');
    } catch (error) {
      connection.destroy();
      // Why it was lost says more than that it was.
      throw error instanceof ConnectionLost && error.cause !== undefined ? error.cause : error;
    }
    connection.#isGreeted = true;
    return connection;
  }

  get isLost(): boolean {
    return this.#loss !== undefined;
  }

  /** The outcome of `work`; an error as soon as the session is over, whatever becomes of the work. */
  orLost<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const forget = () => this.#whenLost.delete(reject);
      if (this.#loss === undefined) this.#whenLost.add(reject);
      else reject(this.#loss);
      work.then(resolve, reject).then(forget, forget);
    });
  }

  /** Runs when the session is over, unless it is already. */
  onLost(run: () => void): void {
    this.#whenLost.add(run);
  }

  /** From now on, a session in which nobody says anything for so long is over: the other side is taken for gone. */
  endAfterSilence(silenceMs: number): void {
    // Said anew each time: where the session is encrypted, the driver has taken all listeners off the socket beneath.
    this.#socket?.removeAllListeners('timeout').setTimeout(silenceMs, () => this.#lose(undefined));
  }

  /** Says farewell to the database. */
  async close(): Promise<void> {
    if (this.#loss === undefined) await this.#driver.end({ timeout: 1 }).catch(() => undefined);
    this.destroy();
  }

  /** Ends the session at once; what it was asked fails. */
  destroy(): void {
    this.#lose(undefined);
  }

  async #dial({ host, port, path }: ServerAddress): Promise<Socket> {
    if (this.#loss !== undefined || this.#socket !== undefined) throw this.#lose(undefined);
    // A statement that is sent while another one is under way must not wait until its bytes are acknowledged.
    const socket = createConnection(path === undefined ? { host, port, noDelay: true } : { path });
    // The driver reads it to check the name in a certificate.
    this.#socket = Object.assign(socket, { host });
    socket.on('error', (error) => this.#lose(error));
    socket.on('close', () => this.#lose(undefined));
    socket.on('data', (chunk) => restBetween(socket, chunk));
    await once(socket, 'connect');
    return socket;
  }

  #lose(cause: Error | undefined): ConnectionLost {
    if (this.#loss !== undefined) return this.#loss;
    const loss = new ConnectionLost(cause);
    this.#loss = loss;
    this.#socket?.destroy();
    for (const tell of this.#whenLost) tell(loss);
    this.#whenLost.clear();
    return loss;
  }
}

const connectTimeoutMs = 5000;
/** An answer that comes in such pieces is long; the driver reads as many of them in one go as there are. */
const largeChunkBytes = 16 * 1024;

/** Reads no further in a long answer before it is its turn again. */
function restBetween(socket: Socket, { length }: Buffer): void {
  const rest = length < largeChunkBytes ? undefined : turns.pause();
  if (rest === undefined) return;
  socket.pause();
  void rest.then(() => socket.resume());
}

function driverSettings({ host, port, path }: ServerAddress, options: ConnectionOptions) {
  const { onNotice, onNotification } = options;
  return {
    max: 1,
    host: [host],
    port: [port],
    path,
    fetch_types: false,
    // How long a session lives is not the driver's to say: it would begin another one.
    connect_timeout: 0,
    idle_timeout: 0,
    max_lifetime: 0,
    // Numbers in the database stay below 2^53: see tables.ts.
    types: {
      int8: { to: 20, from: [20], serialize: String, parse: Number },
      // Whoever writes into the tables by hand may write numbers that a double cannot hold.
      json: { to: 114, from: [114, 3802], serialize: JSON.stringify, parse: parseExactJson },
      ...arrayTypes,
    },
    onnotice: ({ message }: { readonly message?: string }) => onNotice?.(message ?? ''),
    ...(onNotification && { onnotify: onNotification }),
  };
}
