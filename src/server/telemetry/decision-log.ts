import type { Metrics } from '../../base/metrics.ts';
import { isOneIn } from '../../base/one-in.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import { formatActor } from '../../operations/actor.ts';
import type { DecidedBatch } from '../../operations/decided-batch.ts';
import type { DecisionLogConfig } from '../config/decision-log-config.ts';
import { callerMask } from './mask-callers.ts';
import type { LineWriter } from './write-lines.ts';

/** Checks of a batch that have the same line. */
interface Alike {
  readonly type: string;
  readonly permission: string;
  readonly outcome: string;
  checks: number;
}

/**
 * A line for what was decided: for each request that is logged, and each type, permission and outcome in it. Best effort: what cannot be
 * written as fast as it comes is dropped and counted, and no answer waits for it. It proves nothing; the audit log does.
 */
export class DecisionLog {
  readonly #config: DecisionLogConfig;
  readonly #writer: LineWriter;
  readonly #metrics: Metrics | undefined;
  readonly #mask: (caller: string) => string | undefined;

  constructor(config: DecisionLogConfig, writer: LineWriter, metrics: Metrics | undefined) {
    this.#config = config;
    this.#writer = writer;
    this.#metrics = metrics;
    this.#mask = callerMask(config);
  }

  /** Notes a batch; returns at once. */
  note(batch: DecidedBatch): void {
    const requestId = batch.actor.kind === 'subject' ? batch.actor.requestId : undefined;
    // By the request, so that servers that see parts of the same one log all of it, or nothing.
    if (this.#config.mode === 'sampled' && !isOneIn(requestId ?? '', this.#config.oneIn)) return;
    const durationMs = Math.round((performance.now() - batch.startedAt) * 1000) / 1000;
    const about = {
      at: new Date().toISOString(),
      log: 'decision',
      requestId,
      caller: this.#mask(formatActor(batch.actor)),
    };
    const on = { revision: batch.state?.revision, model: batch.state?.prepared.id, durationMs };
    for (const alike of alikeIn(batch)) {
      const isTaken = this.#writer.write(JSON.stringify({ ...about, ...alike, ...on }));
      if (!isTaken) this.#metrics?.count('postern_decision_log_lines_total', ['dropped']);
    }
  }
}

/** Of a page, there are as many as it has permissions, however long it is. */
function alikeIn({ checks, decisions }: DecidedBatch): Iterable<Alike> {
  const found: Alike[] = [];
  let last: Alike | undefined;
  for (const [{ object, relation }, decision] of zip(checks, decisions)) {
    const outcome = outcomeOf(decision);
    const isOne = (one: Alike) => one.permission === relation && one.outcome === outcome && one.type === object.type;
    last = last !== undefined && isOne(last) ? last : found.find(isOne);
    if (last === undefined) {
      last = { type: object.type, permission: relation, outcome, checks: 0 };
      found.push(last);
    }
    last.checks += 1;
  }
  return found;
}

function outcomeOf(decision: Decision): string {
  return decision.kind === 'undecided' ? decision.problem.code : decision.kind;
}
