import { Worker } from 'node:worker_threads';
import { moduleBeside } from '../../base/module-beside.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { compileModel } from '../../model/compile-model.ts';
import type { ModelParser, ParsePurpose } from '../../model/model-parser.ts';
import {
  invalidModel,
  type ModelProblem,
  type ModelSource,
  modelNotRead,
  modelTooCostly,
} from '../../model/model-source.ts';
import type { ParsedModel } from '../../model/parse-model.ts';
import type { ParseAnswer, ParseRequest, ThreadData, ThreadMessage } from './parse-message.ts';

export interface ModelWorkerLimits {
  /** How long a text may take to be read that is to be published. */
  readonly deadlineMs: number;
  /** The same of one that was: what could be published on a quiet machine is loaded on a busy one as well. */
  readonly storedDeadlineMs: number;
  /** How long the thread may take to start. */
  readonly startMs: number;
  readonly memoryMb: number;
  /** Texts that wait for their turn; more are not taken, but for what has to be loaded. */
  readonly waiting: number;
}

export const modelWorkerLimits: ModelWorkerLimits = {
  deadlineMs: 10_000,
  storedDeadlineMs: 30_000,
  startMs: 60_000,
  memoryMb: 256,
  waiting: 16,
};

/**
 * Reads models in a thread of their own, one after the other, with a deadline and a limit on memory. A thread that takes
 * too long is ended, and one that dies is missed by nobody but the text it was reading: the next text gets a new one.
 *
 * What is read crosses as plain data and is compiled again here, in time that grows with its size.
 */
export class ModelWorker implements ModelParser {
  readonly #data: ThreadData;
  readonly #limits: ModelWorkerLimits;
  readonly #waiting: Job[] = [];
  #running: Job | undefined;
  #thread: Thread | undefined;

  constructor(data: ThreadData, limits: Partial<ModelWorkerLimits> = {}) {
    this.#data = data;
    this.#limits = { ...modelWorkerLimits, ...limits };
  }

  async parse(source: ModelSource, purpose: ParsePurpose): Promise<Result<ParsedModel, readonly ModelProblem[]>> {
    if (this.#waiting.length >= this.#limits.waiting && purpose !== 'load') return failed([tooManyWait]);
    const { promise, resolve } = Promise.withResolvers<ParseAnswer>();
    const job = { request: { source, purpose }, resolve };
    // What answers are waiting for goes before what somebody wants to publish, and after what they have waited for longer.
    const other = purpose === 'load' ? this.#waiting.findIndex(({ request }) => request.purpose !== 'load') : -1;
    this.#waiting.splice(other < 0 ? this.#waiting.length : other, 0, job);
    this.#next();
    const answer = await promise;
    if (answer.kind === 'refused') return failed(answer.problems);
    // Wrong conditions were refused in the thread, where they are.
    const model = compileModel(answer.document, 'undecided');
    if (!model.ok) return failed(model.problem.map(({ message }) => invalidModel(message)));
    return ok({ model: model.value, dsl: answer.dsl, document: answer.document });
  }

  /** Ends the thread; what is being read is not read. */
  async close(): Promise<void> {
    for (const { resolve } of this.#waiting.splice(0)) resolve(refused(wasEnded));
    await this.#end(wasEnded);
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#running = job;
    this.#thread ??= this.#startThread();
    this.#thread.worker.ref();
    if (this.#thread.isReady) this.#send(this.#thread, job);
  }

  #send(thread: Thread, { request }: Job): void {
    thread.worker.postMessage(request);
    const { deadlineMs, storedDeadlineMs } = this.#limits;
    const ms = request.purpose === 'publish' ? deadlineMs : storedDeadlineMs;
    this.#limit(thread, ms, tooLong(ms));
  }

  #startThread(): Thread {
    const worker = new Worker(moduleBeside(import.meta.url, 'thread'), {
      workerData: this.#data,
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.memoryMb },
    });
    const thread: Thread = { worker, isReady: false, timer: undefined };
    this.#limit(thread, this.#limits.startMs, didNotStart);
    worker.on('message', (message: ThreadMessage) => this.#receive(thread, message));
    worker.on('error', () => void this.#endOf(thread, died));
    worker.on('exit', () => void this.#endOf(thread, died));
    return thread;
  }

  #receive(thread: Thread, message: ThreadMessage): void {
    if (thread !== this.#thread) return;
    clearTimeout(thread.timer);
    thread.isReady = true;
    if (message.kind !== 'ready') this.#finish(message);
    else if (this.#running !== undefined) this.#send(thread, this.#running);
  }

  /** Ends the thread unless it is heard of in time; an answer that came while this thread was busy is heard first. */
  #limit(thread: Thread, ms: number, problem: ModelProblem): void {
    const timer = setTimeout(() => {
      setImmediate(() => {
        if (thread.timer === timer && this.#running !== undefined) void this.#endOf(thread, problem);
      });
    }, ms);
    thread.timer = timer;
  }

  async #endOf(thread: Thread, problem: ModelProblem): Promise<void> {
    if (thread === this.#thread) await this.#end(problem);
  }

  async #end(problem: ModelProblem): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    clearTimeout(thread?.timer);
    this.#finish(refused(problem));
    await thread?.worker.terminate();
  }

  #finish(answer: ParseAnswer): void {
    this.#running?.resolve(answer);
    this.#running = undefined;
    // The process may end while the thread waits for work.
    this.#thread?.worker.unref();
    this.#next();
  }
}

interface Job {
  readonly request: ParseRequest;
  readonly resolve: (answer: ParseAnswer) => void;
}

interface Thread {
  readonly worker: Worker;
  isReady: boolean;
  timer: NodeJS.Timeout | undefined;
}

function refused(problem: ModelProblem): ParseAnswer {
  return { kind: 'refused', problems: [problem] };
}

const tooManyWait = modelNotRead('Too many models wait to be read already; try again in a few seconds.');
const wasEnded = modelNotRead('The model was not read: the server stops.');
const didNotStart = modelNotRead('The model was not read: what reads it did not start in time; try again.');
const died = modelNotRead(
  'The model was not read: what reads it ended, for want of memory or for another reason; try again, or make the model smaller.',
);

function tooLong(deadlineMs: number): ModelProblem {
  const seconds = deadlineMs / 1000;
  return modelTooCostly(
    `The model takes longer than ${seconds} s to read; make it smaller, or take parentheses out of its definitions.`,
  );
}
