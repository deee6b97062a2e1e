import postgres from 'postgres';
import { at, type FaultPort } from '../../base/fault-port.ts';
import { invariant } from '../../base/invariant.ts';
import { ok } from '../../base/result.ts';
import type { AuditRecord } from '../audit-event.ts';
import { eventsAtOnce } from '../lanes.ts';
import type { StoreWriter } from '../store-writer.ts';
import { unconstrained } from '../write-constraint.ts';
import { isConnectionLost } from './run-inside.ts';
import { isInTheWay } from './write-queue.ts';

interface Waiting {
  readonly record: AuditRecord;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Appends events that belong to no write: attempts that were refused, and what was told by break-glass.
 *
 * Whoever is owed such an event is answered when it is in the log, and not before. Each alone would take the lock that every
 * write needs; so those that come while others are appended are appended together, and hold the lock once.
 */
export class AuditAppender {
  readonly #writer: StoreWriter;
  readonly #faults: FaultPort | undefined;
  #waiting: Waiting[] = [];
  #work: Promise<void> | undefined;

  constructor(writer: StoreWriter, faults?: FaultPort) {
    this.#writer = writer;
    this.#faults = faults;
  }

  /** Returns when the event is in the log; throws when it is not known to be there. */
  append(record: AuditRecord): Promise<void> {
    return at(this.#faults, 'shareEvent', () => this.#append(record));
  }

  #append(record: AuditRecord): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ record, resolve, reject });
    this.#work ??= this.#appendAll();
    return promise;
  }

  /** Returns when everything that was to be appended is, or has failed. */
  async whenIdle(): Promise<void> {
    await this.#work;
  }

  async #appendAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#appendTogether(this.#waiting.splice(0, eventsAtOnce));
    // In the same turn as the last look: whoever comes between the two would wait for nobody.
    this.#work = undefined;
  }

  async #appendTogether(some: readonly Waiting[]): Promise<void> {
    try {
      await this.#write(some.map(({ record }) => record));
      for (const { resolve } of some) resolve();
    } catch (error) {
      if (some.length > 1 && isRefusedRecord(error)) {
        for (const one of some) await this.#appendTogether([one]);
      } else for (const { reject } of some) reject(error);
    }
  }

  async #write(records: readonly AuditRecord[]): Promise<void> {
    const written = await this.#writer.write(unconstrained, async ({ audit }) => {
      await Promise.all(records.map((record) => audit.record(record)));
      return ok(undefined);
    });
    invariant(written.ok, 'nothing refuses a write that changes nothing');
  }
}

/** The database took none of them, and one of them may be why: that is no reason to lose the others. */
function isRefusedRecord(error: unknown): boolean {
  return error instanceof postgres.PostgresError && !isConnectionLost(error) && !isInTheWay(error);
}
