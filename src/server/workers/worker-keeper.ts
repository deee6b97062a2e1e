import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ListeningPlace } from '../answering-server.ts';
import { listenProblem } from '../listen-problem.ts';
import type { WorkerReading } from '../telemetry/format-metrics.ts';
import { problemOfPort } from './shared-port.ts';
import { Worker, type WorkerOptions } from './worker.ts';
import { WorkerEnds } from './worker-ends.ts';
import type { WorkerStart } from './worker-message.ts';

export interface WorkerKeeperOptions extends Omit<WorkerOptions, 'onUse'> {
  readonly count: number;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** How long they go on answering when they are told to stop. */
  readonly drainMs: number;
  readonly startOf: (number: number) => WorkerStart;
  readonly log: Logger;
}

/** Starts workers at one port, replaces those that end, and tells each what callers have used up at the others. */
export class WorkerKeeper {
  /** Why no more workers are started; settles only then. */
  readonly failed: Promise<Error>;
  readonly #options: WorkerKeeperOptions;
  readonly #workers = new Map<number, Worker>();
  readonly #keeping: Promise<void>[] = [];
  readonly #stopping = new AbortController();
  readonly #ends: WorkerEnds;
  readonly #fail: (error: Error) => void;

  constructor(options: WorkerKeeperOptions) {
    this.#options = options;
    this.#ends = new WorkerEnds(options.count);
    const { promise, resolve } = Promise.withResolvers<Error>();
    this.failed = promise;
    this.#fail = resolve;
  }

  /** Returns the port when all workers listen there; throws what the first one says that cannot. */
  async start(): Promise<number> {
    const { count, host, port: wanted } = this.#options;
    const workers = Array.from({ length: count }, (_, index) => this.#startWorker(index + 1));
    await Promise.all(workers.map((worker) => worker.whenBuilt()));
    const problem = wanted === 0 ? undefined : await problemOfPort(wanted, host);
    if (problem !== undefined) throw new Error(listenProblem(problem, { host, port: wanted }));
    const [first, ...others] = workers;
    const port = (await first?.listen(this.#placeAt(wanted))) ?? wanted;
    await Promise.all(others.map((worker) => worker.listen(this.#placeAt(port))));
    this.#keeping.push(...workers.map((worker, index) => this.#keep(index + 1, worker, port)));
    return port;
  }

  /** Takes nothing new, and returns when everything is answered that was under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#workers.values()].map((worker) => worker.stop(this.#options.drainMs + patienceMs)));
    await Promise.all(this.#keeping);
  }

  async readMetrics(): Promise<readonly WorkerReading[]> {
    const read = async ([number, worker]: readonly [number, Worker]) => {
      const reading = await worker.readMetrics(readingMs);
      return reading === undefined ? [] : [{ worker: String(number), reading }];
    };
    return (await Promise.all(Array.from(this.#workers, read))).flat();
  }

  #placeAt(port: number): ListeningPlace {
    return { host: this.#options.host, port, isShared: true };
  }

  #startWorker(number: number): Worker {
    const worker = new Worker(this.#options.startOf(number), {
      ...this.#options,
      onUse: (uses) => {
        for (const other of this.#workers.values()) if (other !== worker) other.hearOf(uses);
      },
    });
    this.#workers.set(number, worker);
    return worker;
  }

  /** Until the end: whoever has this number listens, and what ends is replaced. */
  async #keep(number: number, first: Worker, port: number): Promise<void> {
    const { signal } = this.#stopping;
    for (let worker = first; ; worker = this.#replace(number, port)) {
      const error = await worker.ended;
      this.#workers.delete(number);
      if (signal.aborted) return;
      const restMs = this.#ends.restAfter(number);
      if (restMs === undefined) return this.#fail(new Error(endTooOften));
      this.#options.log.error({ err: error, worker: number }, ended);
      await pause(restMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
  }

  #replace(number: number, port: number): Worker {
    const worker = this.#startWorker(number);
    worker
      .whenBuilt()
      .then(() => worker.listen(this.#placeAt(port)))
      .then(
        () => this.#options.log.info({ worker: number }, 'A worker has taken the place of the one that ended.'),
        // Its end says why.
        () => undefined,
      );
    return worker;
  }
}

/** What answers has ten seconds for it, and some time to end its connections. */
const patienceMs = 20_000;
/** A worker that has so much to do that it does not say so is missing, which says it as well. */
const readingMs = 2000;
const ended = 'A worker ended, and with it the requests that it had; another one takes its place.';
const endTooOften =
  'Workers end again and again, so the server ends. Next: look at what the log says of their ends; with less to do at once, or more memory, they may stay.';
