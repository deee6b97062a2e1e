import type { Result } from '../../base/result.ts';
import type { Payer } from '../../engine/meter.ts';
import type { Constrain } from '../write-constraint.ts';
import type { WriteTransaction } from '../write-transaction.ts';
import { beforeEachStatement } from './before-each-statement.ts';
import { ChangesMade, Footprint } from './footprint.ts';
import { PostgresWriteTransaction } from './postgres-write-transaction.ts';
import type { WriteHead } from './write-head.ts';
import { WriteLedger } from './write-ledger.ts';
import type { WritePlace, WriteTurn } from './write-turn.ts';

/** What somebody wants to be done in one write. */
export interface WriteWork<Value, Problem> {
  readonly constrain: Constrain<Problem>;
  readonly use: (transaction: WriteTransaction) => Promise<Result<Value, Problem>>;
  readonly payer: Payer | undefined;
}

export type AnyWork = WriteWork<unknown, unknown>;

/** How a run ended. */
export type RunEnd =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly problem: unknown }
  | { readonly kind: 'thrown'; readonly error: unknown };

/** The run is of no use any more: what it had seen is not so, or others do not wait for it. */
export class Overtaken extends Error {}

/**
 * One run of a write: looks around without waiting for anybody, and then waits for its turn before it writes anything. What it has
 * seen and what it has changed is noted, as far as it matters to others.
 */
export class WriteRun implements WriteTurn {
  readonly seen = new Footprint();
  readonly changed = new ChangesMade();
  readonly ledger = new WriteLedger();
  readonly end: Promise<RunEnd>;
  readonly #place: WritePlace;
  readonly #turn = Promise.withResolvers<WriteHead>();
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #isOver = false;
  #mark: Promise<unknown> | undefined;

  constructor(place: WritePlace, { constrain, use, payer }: AnyWork) {
    this.#place = place;
    this.#turn.promise.catch(() => undefined);
    const sql = beforeEachStatement(place.sql, () => {
      if (this.#isOver) throw new Overtaken();
    });
    const transaction = new PostgresWriteTransaction(sql, this, place, constrain, payer);
    this.end = this.#run(use, transaction).finally(() => this.#beReady());
  }

  /** Comes when it waits for its turn, or has ended without one. */
  get whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  takeTurn(): Promise<WriteHead> {
    this.#beReady();
    return this.#turn.promise;
  }

  async takePen(): Promise<WriteHead> {
    const head = await this.takeTurn();
    if (this.#place.isShared) this.#mark ??= noted(this.#place.sql.unsafe('savepoint write'));
    return head;
  }

  giveTurn(head: WriteHead): void {
    this.#turn.resolve(head);
  }

  /** Ends it as soon as it asks for something. */
  overtake(): void {
    this.#isOver = true;
    this.#turn.reject(new Overtaken());
  }

  /** Takes back what it has written. */
  async undo(): Promise<void> {
    if (this.#mark === undefined) return;
    await this.#mark;
    await this.#place.sql.unsafe('rollback to savepoint write');
  }

  async #run(use: AnyWork['use'], transaction: PostgresWriteTransaction<unknown>): Promise<RunEnd> {
    try {
      const result = await use(transaction);
      if (!result.ok) return { kind: 'refused', problem: result.problem };
      const problem = await transaction.findProblem();
      return problem === undefined ? { kind: 'done', value: result.value } : { kind: 'refused', problem };
    } catch (error) {
      return { kind: 'thrown', error };
    }
  }

  #beReady(): void {
    this.#isReady = true;
    this.#ready.resolve();
  }
}

/** Sent without waiting for the answer; whoever does hears of a failure. */
function noted<Value>(sent: PromiseLike<Value>): Promise<Value> {
  const answer = Promise.resolve(sent);
  answer.catch(() => undefined);
  return answer;
}
