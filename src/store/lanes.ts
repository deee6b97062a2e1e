import { FairQueue, type QueueTimes, type Share } from '../base/fair-queue.ts';
import type { FaultPort } from '../base/fault-port.ts';
import type { Payer } from '../engine/meter.ts';
import { limits } from '../model/limits.ts';

/** Who asks, as far as queues care. */
export interface Caller {
  /** One text for one caller. */
  readonly name: string;
  /** `house` is whoever waits with nobody: a command, a test, the server for itself. */
  readonly kind: 'usual' | 'service' | 'house';
  /** Is told of every step that is taken for it. */
  readonly payer?: Payer;
  /** Whether nobody waits for it any more: what is not begun by then is not. */
  readonly isGone?: () => boolean;
}

/** Nobody waits for the answer any more. */
export class CallerGone extends Error {}

export const house: Caller = { name: 'house', kind: 'house' };

/** Does a piece of work when it is its caller's turn, in time from then on; `what` it is, for whoever reads of a failure. */
export type Turn = <Value>(work: () => Promise<Value>, what: string) => Promise<Value>;

/** What a caller has in a lane. */
export interface Seat {
  readonly turn: Turn;
  readonly payer: Payer | undefined;
}

/** A way to the database with places of its own, which those who wait get in turns. */
export class Lane {
  readonly #queue: FairQueue;
  readonly #places: number;

  constructor(places: number, times: QueueTimes, faults?: FaultPort) {
    this.#queue = new FairQueue(places, times, faults);
    this.#places = places;
  }

  seatOf(caller: Caller): Seat {
    const { turn, payer } = this.seatToTheEnd(caller);
    return { turn: (work, what) => turn(unlessGone(caller, work), what), payer };
  }

  /** For what is done also when its caller has gone. */
  seatToTheEnd(caller: Caller): Seat {
    return {
      turn: (work, what) => this.#queue.run(caller.name, this.#shareOf(caller), work, what),
      payer: caller.payer,
    };
  }

  #shareOf({ kind }: Caller): Share {
    if (kind === 'house') return { atOnce: Number.POSITIVE_INFINITY, waiting: Number.POSITIVE_INFINITY };
    const divisor = kind === 'service' ? 2 : 4;
    const waiting = kind === 'service' ? limits.waitingOfService.most : limits.waitingOfCaller.most;
    return { atOnce: Math.ceil(this.#places / divisor), waiting };
  }
}

/** Looked at when it is its turn: until then it has waited. */
function unlessGone<Value>({ isGone }: Caller, work: () => Promise<Value>): () => Promise<Value> {
  if (isGone === undefined) return work;
  return () => (isGone() ? Promise.reject(new CallerGone('Nobody waits for the answer any more.')) : work());
}

/** How many connections each kind of work has. */
export interface PoolSizes {
  readonly checks: number;
  readonly questions: number;
  readonly writes: number;
}

/** Checks have as many as were asked for, and whatever takes long a quarter of that. Writes go one after the other on one of two. */
export function poolSizesOf(connections: number): PoolSizes {
  return { checks: connections, questions: Math.ceil(connections / 4), writes: 2 };
}

/** The lanes of one process. */
export interface Lanes {
  readonly checks: Lane;
  /** Small checks that one statement may answer: those that come at the same time share it, so they need few connections. */
  readonly sharedChecks: Lane;
  /** Checks of many at once, on the connections of checks; they never have all of those. */
  readonly batches: Lane;
  readonly questions: Lane;
  /** Small writes, which wait for each other and are done together: all of them need one connection. */
  readonly writes: Lane;
  readonly largeWrites: Lane;
  /** Events that belong to no write, which wait for each other and are written together: they need no connections of their own. */
  readonly events: Lane;
}

/** Most small writes of all callers that are done, or wait for it, at once. */
export const writesAtOnce = 32;

/** Most small checks of all callers that are asked, or wait for the next statement, at once. */
const sharedChecksAtOnce = 32;

/** Most events of all callers that are written, or wait for it, at once. */
export const eventsAtOnce = 64;

/** How long reads and writes may take once they have their turn. */
export interface AnswerTimes {
  readonly readMs: number;
  readonly writeMs: number;
}

export function openLanes(
  { checks, questions }: PoolSizes,
  { readMs, writeMs }: AnswerTimes,
  faults?: FaultPort,
): Lanes {
  const lane = (places: number, answerMs: number, inVainMs: number) =>
    new Lane(places, { ...timesOf(answerMs), inVainMs }, faults);
  const forReads = (places: number) => lane(places, readMs, 1.25 * readMs);
  const forWrites = (places: number) => lane(places, writeMs, writeMs);
  const batches = Math.max(1, Math.floor(checks / 4));
  return {
    checks: forReads(Math.max(1, checks - batches)),
    sharedChecks: forReads(sharedChecksAtOnce),
    batches: forReads(batches),
    questions: forReads(questions),
    writes: forWrites(writesAtOnce),
    largeWrites: forWrites(1),
    events: forWrites(eventsAtOnce),
  };
}

/**
 * Others keep a caller waiting for half of the time that its answer may take. Its own questions, which are answered one after
 * the other where its share is one place, keep each other waiting for longer: a page has several lists.
 */
function timesOf(answerMs: number): Omit<QueueTimes, 'inVainMs'> {
  return { forOthersMs: answerMs / 2, answerMs, forOwnMs: answerMs * 4 };
}
