import type { Answer } from './answer.ts';
import type { BenchRequest } from './bench-request.ts';
import type { Cost } from './report.ts';

/** A way to ask: the engine in this process, or a server. */
export interface BenchLevel {
  /** Makes requests ready to be asked; finds the places in lists at which they go on. */
  prepare(requests: readonly BenchRequest[]): Promise<PreparedRequests>;
  /** Milliseconds of processor time that the answering process has used so far; undefined where the system does not tell. */
  cpuUsed(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Requests by their position. */
export interface PreparedRequests {
  /** Asks once and reads the answer; throws where anything in it is undecided. */
  answer(index: number): Promise<Answer>;
  /** Asks each request once and counts; apart from what is timed, because counting takes time too. */
  count(): Promise<Cost>;
  /** For this many requests at once; those that are timed. Starts again at the first one after the last. */
  connect(inFlight: number): Connected;
}

export interface Connected {
  ask(index: number): Promise<void>;
  close(): void;
}
