import type { Metrics } from '../../base/metrics.ts';
import type { TraceConfig } from '../config/trace-config.ts';
import { formatSpans } from './format-spans.ts';
import type { Span } from './span.ts';

/** Most spans that wait to be sent, and most that are sent at once. */
const mostWaiting = 2048;
const mostAtOnce = 512;
const everyMs = 2000;

/**
 * Sends spans to a collector, by OTLP over HTTP, some at a time and one request after the other. Whatever becomes of the collector, no
 * answer waits for it, and no more is kept than there is room for: the rest is dropped and counted.
 */
export class SpanExporter {
  readonly #config: TraceConfig;
  readonly #version: string;
  readonly #metrics: Metrics | undefined;
  readonly #onProblem: (error: unknown) => void;
  #waiting: Span[] = [];
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> | undefined;

  constructor(config: TraceConfig, version: string, metrics: Metrics | undefined, onProblem: (error: unknown) => void) {
    this.#config = config;
    this.#version = version;
    this.#metrics = metrics;
    this.#onProblem = onProblem;
  }

  /** Takes a span; returns at once. */
  readonly send = (span: Span): void => {
    if (this.#waiting.length < mostWaiting) this.#waiting.push(span);
    else this.#count('dropped', 1);
    if (this.#waiting.length >= mostAtOnce) this.#sendSoon();
    else this.#timer ??= setTimeout(() => this.#sendSoon(), everyMs).unref();
  };

  /** Sends what is left, for as long as one request may take. */
  async end(): Promise<void> {
    this.#sendSoon();
    await this.#work;
  }

  #sendSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#work ??= this.#sendAll().finally(() => {
      this.#work = undefined;
    });
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const some = this.#waiting.splice(0, mostAtOnce);
      const isSent = await this.#post(some);
      this.#count(isSent ? 'sent' : 'failed', some.length);
      // A collector that is away is asked again with the next ones.
      if (!isSent) return;
    }
  }

  async #post(spans: readonly Span[]): Promise<boolean> {
    const { endpoint, headers, timeoutMs, resource } = this.#config;
    try {
      const body = formatSpans(spans, resource, this.#version);
      const signal = AbortSignal.timeout(timeoutMs);
      const sent = { ...headers, 'content-type': 'application/json' };
      const response = await fetch(endpoint, { method: 'POST', headers: sent, body, signal, redirect: 'error' });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The collector answered with the status ${response.status}.`);
      return true;
    } catch (error) {
      this.#onProblem(error);
      return false;
    }
  }

  #count(outcome: 'sent' | 'failed' | 'dropped', spans: number): void {
    this.#metrics?.count('postern_spans_total', [outcome], spans);
  }
}
