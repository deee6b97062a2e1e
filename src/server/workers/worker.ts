import { Worker as Thread } from 'node:worker_threads';
import type { Reading } from '../../base/metrics.ts';
import type { CallerUse } from '../../operations/callers.ts';
import type { ListeningPlace } from '../answering-server.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-message.ts';

export interface WorkerOptions {
  /** What the thread runs. */
  readonly file: URL;
  readonly memoryMb: number;
  /** Told what callers have used up there. */
  readonly onUse: (uses: readonly CallerUse[]) => void;
}

/** One worker, as the keeper sees it. */
export class Worker {
  /** Settles when the thread has ended, with what it ended of; undefined for nothing that it said. */
  readonly ended: Promise<unknown>;
  readonly #thread: Thread;
  /** Who waits for what the worker has counted. */
  readonly #readings = new Map<number, (reading: Reading) => void>();
  #questions = 0;
  readonly #built = Promise.withResolvers<void>();
  readonly #listening = Promise.withResolvers<number>();

  constructor(start: WorkerStart, { file, memoryMb, onUse }: WorkerOptions) {
    this.#thread = new Thread(file, {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      name: `worker ${start.number}`,
    });
    this.#thread.on('message', (message: FromWorker) => {
      if (message.kind === 'used') onUse(message.uses);
      else if (message.kind === 'reading') this.#readings.get(message.question)?.(message.reading);
      else if (message.kind === 'built') this.#built.resolve();
      else this.#listening.resolve(message.port);
    });
    this.ended = this.#end();
  }

  async #end(): Promise<unknown> {
    let problem: unknown;
    this.#thread.on('error', (error) => {
      problem = error;
    });
    await new Promise((resolve) => this.#thread.once('exit', resolve));
    const error = problem ?? new Error('A worker ended.');
    // Nobody has to wait for either.
    for (const { promise, reject } of [this.#built, this.#listening]) {
      promise.catch(() => undefined);
      reject(error);
    }
    return problem;
  }

  /** Returns when everything is there but the port; rejects when it ends before. */
  whenBuilt(): Promise<void> {
    return this.#built.promise;
  }

  /** Takes requests from now on; returns the port, or rejects when it ends before. */
  listen(place: ListeningPlace): Promise<number> {
    this.#send({ kind: 'listen', place });
    return this.#listening.promise;
  }

  hearOf(uses: readonly CallerUse[]): void {
    this.#send({ kind: 'used', uses });
  }

  /** What it has counted; undefined when it does not say so in time. */
  async readMetrics(withinMs: number): Promise<Reading | undefined> {
    this.#questions += 1;
    const question = this.#questions;
    const { promise, resolve } = Promise.withResolvers<Reading | undefined>();
    const timer = setTimeout(() => resolve(undefined), withinMs);
    this.#readings.set(question, resolve);
    this.#send({ kind: 'read', question });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#readings.delete(question);
    }
  }

  /** Lets what is under way be answered, and ends it where that takes longer than `patienceMs`. */
  async stop(patienceMs: number): Promise<void> {
    this.#send({ kind: 'stop' });
    const timer = setTimeout(() => void this.#thread.terminate(), patienceMs);
    await this.ended;
    clearTimeout(timer);
  }

  #send(message: ToWorker): void {
    this.#thread.postMessage(message);
  }
}
