import type { Metrics } from '../../base/metrics.ts';
import { isOneIn } from '../../base/one-in.ts';
import { formatActor, formatDelegate } from '../../operations/actor.ts';
import type { CalledTool } from '../../operations/called-tool.ts';
import type { DecidedBatch } from '../../operations/decided-batch.ts';
import type { DecisionLogConfig } from '../config/decision-log-config.ts';
import { callerMask } from './mask-callers.ts';
import type { Tally } from './tally-decisions.ts';
import type { LineWriter } from './write-lines.ts';

/**
 * A line for what was decided: for each request that is logged, and each type, permission and outcome in it; and one for each call of
 * an agent. Best effort: what cannot be
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
  note(batch: DecidedBatch, tally: () => readonly Tally[]): void {
    const before = this.#beginningOf('decision', batch);
    if (before === undefined) return;
    const after = membersOf({
      ...{ revision: batch.state?.revision, model: batch.state?.prepared.id },
      durationMs: millisecondsSince(batch.startedAt),
    });
    for (const alike of tally()) this.#write(`{${before},${membersOf(alike)},${after}}`);
  }

  /** Notes a call of an agent, whatever became of it; returns at once. */
  noteCall(call: CalledTool): void {
    const before = this.#beginningOf('call', call);
    if (before === undefined) return;
    const { tool, client, outcome, startedAt } = call;
    this.#write(`{${before},${membersOf({ tool, client, outcome, durationMs: millisecondsSince(startedAt) })}}`);
  }

  /** Undefined where its request leaves no line. */
  #beginningOf(log: 'decision' | 'call', { actor, door }: Pick<DecidedBatch, 'actor' | 'door'>): string | undefined {
    const { requestId, delegate } = actor.kind === 'subject' ? actor : nobody;
    // By the request, so that servers that see parts of the same one log all of it, or nothing.
    if (this.#config.mode === 'sampled' && !isOneIn(requestId ?? '', this.#config.oneIn)) return undefined;
    return membersOf({
      ...{ at: new Date().toISOString(), log, requestId, door },
      caller: this.#mask(formatActor(actor)),
      delegate: delegate && this.#mask(formatDelegate(delegate)),
    });
  }

  #write(line: string): void {
    if (!this.#writer.write(line)) this.#metrics?.count('postern_decision_log_lines_total', ['dropped']);
  }
}

function millisecondsSince(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 1000) / 1000;
}

const nobody = { requestId: undefined, delegate: undefined };

/** What stands between the braces; never nothing. The lines of a batch have most of it in common. */
function membersOf(of: object): string {
  return JSON.stringify(of).slice(1, -1);
}
