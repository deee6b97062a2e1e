import postgres from 'postgres';
import type { FaultPoint } from '../../../src/base/fault-points.ts';
import type { FaultPort } from '../../../src/base/fault-port.ts';

/**
 * - `fails`: as the database says it of one statement
 * - `breaks`: as when a connection is lost
 * - `hangs`: until it is lifted
 */
export type FaultKind = 'fails' | 'breaks' | 'hangs';

export interface Fault {
  readonly point: FaultPoint;
  /** From this time on that it is come to. */
  readonly from: number;
  readonly kind: FaultKind;
  /** Before it is begun, or when it has ended and nobody knows. */
  readonly moment: 'before' | 'after';
  /** Until it is lifted, and not only once. */
  readonly isLasting: boolean;
}

/** Lets happen what was planned, and knows which points were come to. */
export class PlannedFaults implements FaultPort {
  #met = new Map<FaultPoint, number>();
  #planned: Fault | undefined;
  #happened = 0;
  #release = Promise.withResolvers<never>();

  constructor() {
    this.#release.promise.catch(() => undefined);
  }

  /** Counts from now on, and lets it happen. */
  plan(fault: Fault): void {
    this.#met = new Map();
    this.#happened = 0;
    this.#planned = fault;
  }

  /** What hangs fails now, and nothing more happens; whether anything has. */
  lift(): boolean {
    this.#planned = undefined;
    this.#release.reject(broken());
    this.#release = Promise.withResolvers();
    this.#release.promise.catch(() => undefined);
    return this.#happened > 0;
  }

  /** The points that were come to since the last call, and how often. */
  takeMet(): ReadonlyMap<FaultPoint, number> {
    const met = this.#met;
    this.#met = new Map();
    return met;
  }

  async around<Value>(point: FaultPoint, work: () => Promise<Value>): Promise<Value> {
    const count = (this.#met.get(point) ?? 0) + 1;
    this.#met.set(point, count);
    if (this.#isNow(point, count, 'before')) await this.#happen();
    const value = await work();
    if (this.#isNow(point, count, 'after')) await this.#happen();
    return value;
  }

  #isNow(point: FaultPoint, count: number, moment: Fault['moment']): boolean {
    const fault = this.#planned;
    if (fault === undefined || fault.point !== point || fault.moment !== moment) return false;
    return count >= fault.from && (fault.isLasting || this.#happened === 0);
  }

  async #happen(): Promise<void> {
    this.#happened += 1;
    const kind = this.#planned?.kind;
    if (kind === 'hangs') await this.#release.promise;
    throw kind === 'breaks' ? broken() : canceled();
  }
}

function broken(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}

function canceled(): Error {
  const message = 'canceling statement due to statement timeout';
  return Object.assign(new postgres.PostgresError(message), { severity: 'ERROR', code: '57014', message });
}
