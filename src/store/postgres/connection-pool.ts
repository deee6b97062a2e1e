import { at, type FaultPort } from '../../base/fault-port.ts';
import type { PoolUse } from '../pool-use.ts';
import type { StatementKind, StatementWatch } from '../statement-watch.ts';
import type { Connection } from './connection.ts';
import { isConnectionLost, runInside } from './run-inside.ts';
import type { TransactionSql } from './sql.ts';
import { watchStatements } from './watch-statements.ts';

export interface PoolOptions {
  readonly open: () => Promise<Connection>;
  /** How many connections there are at most. */
  readonly size: number;
  /** A connection that was asked something, and says nothing for so long, is given up. */
  readonly silenceMs: number;
  /** Sees each statement; undefined where nobody does. */
  readonly watch?: StatementWatch | undefined;
  readonly faults?: FaultPort | undefined;
}

/** Where to ask the database. */
export interface Connections {
  /** Asks what changes nothing; it is asked again where the connection had died before anybody knew. */
  read<Value>(kind: StatementKind, question: (sql: TransactionSql) => Promise<Value>): Promise<Value>;
  /** Runs `work` in a transaction, which commits if it succeeds, and leaves nothing behind if not. */
  transaction<Value>(
    kind: StatementKind,
    options: string,
    work: (sql: TransactionSql) => Promise<Value>,
  ): Promise<Value>;
}

/** A slot of the pool, with the connection that has it. */
interface Slot {
  readonly connection: Connection;
  /** Whether nobody used it before. */
  readonly isNew: boolean;
}

interface Waiting {
  readonly resolve: (slot: Slot) => void;
  readonly reject: (error: unknown) => void;
}

/** Connections that are made when they are needed, each used by one at a time, and never again after it was lost. */
export class ConnectionPool implements Connections {
  readonly #options: PoolOptions;
  readonly #idle: Connection[] = [];
  readonly #used = new Set<Connection>();
  readonly #waiting: Waiting[] = [];
  /** Those that are being opened have one too. */
  #slots = 0;
  #isClosed = false;
  #whenEmpty = () => {};

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** How many connections are used, open and allowed, and how many pieces of work wait for one. */
  get use(): PoolUse {
    const { size } = this.#options;
    return { used: this.#used.size, idle: this.#idle.length, size, waiting: this.#waiting.length };
  }

  async read<Value>(kind: StatementKind, question: (sql: TransactionSql) => Promise<Value>): Promise<Value> {
    const { connection, value } = await this.#ask((sql) => question(this.#watched(sql, kind)));
    this.#release(connection);
    return value;
  }

  async transaction<Value>(
    kind: StatementKind,
    options: string,
    work: (sql: TransactionSql) => Promise<Value>,
  ): Promise<Value> {
    const { connection } = await this.#ask((sql) => sql.unsafe(`begin ${options}`));
    try {
      // A write waits for its commit until it is on disk.
      const commits = this.#watched(connection.sql, kind === 'write' ? 'commit' : kind);
      return await connection.orLost(runInside(connection, (sql) => work(this.#watched(sql, kind)), commits));
    } finally {
      this.#release(connection);
    }
  }

  #watched(sql: TransactionSql, kind: StatementKind): TransactionSql {
    const { watch } = this.#options;
    return watch === undefined ? sql : watchStatements(sql, kind, watch);
  }

  /** Takes no new work, waits for what is under way, and ends it after `patienceMs`. */
  async end(patienceMs: number): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(poolClosed());
    for (const connection of this.#idle.splice(0)) this.#drop(connection);
    const empty = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
    });
    const timer = setTimeout(() => {
      for (const connection of this.#used) connection.destroy();
    }, patienceMs);
    if (this.#slots > 0) await empty;
    clearTimeout(timer);
  }

  /**
   * Asks the first question on a connection. One that lay idle may be dead: the database ended it, or the network did.
   * Nothing was done on it then, so another one is asked, until one answers or a new one does not. Silence is nothing to wait for twice.
   */
  async #ask<Value>(question: (sql: TransactionSql) => Promise<Value>) {
    for (;;) {
      const { connection, isNew } = await this.#acquire();
      const askedAt = performance.now();
      try {
        return { connection, value: await connection.orLost(question(connection.sql)) };
      } catch (error) {
        const isSilence = performance.now() - askedAt > this.#options.silenceMs / 2;
        if (isConnectionLost(error)) connection.destroy();
        this.#release(connection);
        if (isNew || isSilence || !connection.isLost) throw error;
      }
    }
  }

  async #acquire(): Promise<Slot> {
    if (this.#isClosed) throw poolClosed();
    const connection = this.#idle.pop();
    if (connection !== undefined) return this.#use(connection, false);
    if (this.#slots < this.#options.size) return this.#open();
    return at(this.#options.faults, 'waitForSession', () => this.#wait());
  }

  #wait(): Promise<Slot> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  async #open(): Promise<Slot> {
    this.#slots += 1;
    try {
      const connection = await this.#options.open();
      connection.onLost(() => this.#forgetIdle(connection));
      return this.#use(connection, true);
    } catch (error) {
      this.#leavePlace();
      throw error;
    }
  }

  #use(connection: Connection, isNew: boolean): Slot {
    connection.endAfterSilence(this.#options.silenceMs);
    this.#used.add(connection);
    return { connection, isNew };
  }

  #release(connection: Connection): void {
    this.#used.delete(connection);
    const isOld = performance.now() - connection.openedAt > longestLifeMs;
    if (connection.isLost || isOld || this.#isClosed) this.#drop(connection);
    else this.#handOn(connection);
  }

  #handOn(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next.resolve(this.#use(connection, false));
      return;
    }
    connection.endAfterSilence(longestIdleMs);
    this.#idle.push(connection);
  }

  #forgetIdle(connection: Connection): void {
    const index = this.#idle.indexOf(connection);
    if (index === -1) return;
    this.#idle.splice(index, 1);
    this.#leavePlace();
  }

  #drop(connection: Connection): void {
    void connection.close().then(() => this.#leavePlace());
  }

  /** Whoever has waited the longest gets the slot. */
  #leavePlace(): void {
    this.#slots -= 1;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#open().then(next.resolve, next.reject);
    else if (this.#slots === 0) this.#whenEmpty();
  }
}

const longestIdleMs = 60_000;
const longestLifeMs = 30 * 60_000;

const poolClosed = () => new Error('The connections to the database are closed.');
