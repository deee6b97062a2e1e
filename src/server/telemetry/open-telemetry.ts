import { closeSync, openSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Metrics } from '../../base/metrics.ts';
import type { Stops } from '../../base/stops.ts';
import { quote } from '../../base/text-problem.ts';
import type { DecidedBatch } from '../../operations/decided-batch.ts';
import type { Postern } from '../../operations/postern.ts';
import type { StatementWatch } from '../../store/statement-watch.ts';
import type { DecisionLogConfig } from '../config/decision-log-config.ts';
import type { Config } from '../config.ts';
import { readVersion } from '../read-version.ts';
import { createMetrics } from './create-metrics.ts';
import { DecisionLog } from './decision-log.ts';
import { measureStatements } from './measure-statements.ts';
import { SpanExporter } from './span-exporter.ts';
import { type Tally, tallyDecisions } from './tally-decisions.ts';
import { Tracer } from './tracer.ts';
import { LineFile } from './write-lines.ts';

/** What one thread tells of its work, and to whom; of what nobody wants to know there is nothing. */
export interface Telemetry {
  readonly metrics: Metrics | undefined;
  readonly tracer: Tracer | undefined;
  readonly watch: StatementWatch | undefined;
  readonly onDecided: Postern['onDecided'];
  readonly onCalled: Postern['onCalled'];
}

export interface TelemetryParts {
  readonly log: Logger;
  readonly stops: Stops;
}

export function openTelemetry(config: TelemetryConfig, parts: TelemetryParts): Telemetry {
  const metrics = config.metricsAddress && createMetrics();
  const tracer = config.traces && openTracer(config.traces, metrics, parts);
  const decisions = config.decisionLog.mode === 'off' ? undefined : openDecisionLog(config.decisionLog, metrics, parts);
  const watches = [...(metrics ? [measureStatements(metrics)] : []), ...(tracer ? [tracer.statements] : [])];
  const told = [...(tracer ? [tracer.seeBatch] : []), ...(decisions ? [decisions.note.bind(decisions)] : [])];
  return {
    metrics,
    tracer,
    watch: allOf(watches),
    onDecided: eachOf(told),
    onCalled: decisions?.noteCall.bind(decisions),
  };
}

type TelemetryConfig = Pick<Config, 'metricsAddress' | 'traces' | 'decisionLog'>;

function openTracer(
  config: NonNullable<Config['traces']>,
  metrics: Metrics | undefined,
  parts: TelemetryParts,
): Tracer {
  const warn = rarely((error) => parts.log.warn({ err: error }, 'Spans could not be sent; they are dropped.'));
  const exporter = new SpanExporter(config, readVersion(), metrics, warn);
  parts.stops.add(() => exporter.end());
  return new Tracer(config.sampling, exporter.send);
}

function openDecisionLog(config: DecisionLogConfig, metrics: Metrics | undefined, parts: TelemetryParts): DecisionLog {
  const { to } = config;
  if (to !== 'stdout') requireFile(to);
  const count = (outcome: string, lines: number) =>
    metrics?.count('postern_decision_log_lines_total', [outcome], lines);
  const warn = rarely((error) => parts.log.warn({ err: error }, 'Decisions could not be logged; they are dropped.'));
  const writer = new LineFile({
    to,
    onWritten: (lines) => count('written', lines),
    onFailed: (lines, error) => {
      count('failed', lines);
      warn(error);
    },
  });
  parts.stops.add(() => writer.end(patienceMs));
  return new DecisionLog(config, writer, metrics);
}

const patienceMs = 2000;

/** Whoever sets it is told at the start, and not by lines that are missing. */
function requireFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    const next = 'name a file in a folder that the server may write to';
    throw new Error(`POSTERN_DECISION_LOG_FILE ${quote(path)} cannot be written to${why}. Next: ${next}.`);
  }
}

/** At most once a minute: what goes wrong once, goes wrong all the time. */
function rarely(tell: (error: unknown) => void): (error: unknown) => void {
  let nextAt = 0;
  return (error) => {
    if (performance.now() < nextAt) return;
    nextAt = performance.now() + 60_000;
    tell(error);
  };
}

function allOf([first, second]: readonly StatementWatch[]): StatementWatch | undefined {
  if (first === undefined || second === undefined) return first;
  return {
    begin: (kind) => {
      const ends = [first.begin(kind), second.begin(kind)];
      return (end) => {
        for (const one of ends) one(end);
      };
    },
  };
}

/** Batches are counted once for all who are told of them, and not at all where none of them wants to know. */
function eachOf(tell: readonly ((batch: DecidedBatch, tally: () => readonly Tally[]) => void)[]): Postern['onDecided'] {
  if (tell.length === 0) return undefined;
  return (batch) => {
    let tallies: readonly Tally[] | undefined;
    const tally = () => {
      tallies ??= tallyDecisions(batch);
      return tallies;
    };
    for (const one of tell) one(batch, tally);
  };
}
