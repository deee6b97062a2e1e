import { randomFillSync } from 'node:crypto';
import type { DecidedBatch } from '../../operations/decided-batch.ts';
import type { StatementWatch } from '../../store/statement-watch.ts';
import type { Sampling } from '../config/trace-config.ts';
import type { TraceParent } from '../http/trace-parent.ts';
import { currentRequest, type RequestTrace } from '../request-mark.ts';
import type { Span } from './span.ts';
import type { Tally } from './tally-decisions.ts';

/**
 * Makes few spans: one of each request, one of each batch of checks, and one of each statement. Of what is not sampled there are
 * none at all.
 */
export class Tracer {
  readonly #sampling: Sampling;
  readonly #send: (span: Span) => void;

  constructor(sampling: Sampling, send: (span: Span) => void) {
    this.#sampling = sampling;
    this.#send = send;
  }

  /** The trace of a request; undefined where it is not sampled. The parent is that of a caller whom we know. */
  begin(parent: TraceParent | undefined): RequestTrace | undefined {
    if (!this.#isSampled(parent)) return undefined;
    return { traceId: parent?.traceId ?? newId(16), spanId: newId(8), parentId: parent?.spanId };
  }

  /** The request has its answer. */
  end(trace: RequestTrace, span: Pick<Span, 'name' | 'startMs' | 'attributes' | 'isFailed'>): void {
    this.#send({ ...trace, ...span, kind: 'server', endMs: performance.now() });
  }

  /** Sees batches of checks. */
  readonly seeBatch = ({ decisions, state, startedAt }: DecidedBatch, tally: () => readonly Tally[]): void => {
    const trace = currentRequest()?.trace;
    if (trace === undefined) return;
    const tallies = tally();
    const allowed = checksOf(tallies, 'allowed');
    const denied = checksOf(tallies, 'denied');
    const undecided = decisions.length - allowed - denied;
    const attributes = {
      'postern.checks.allowed': allowed,
      'postern.checks.denied': denied,
      'postern.checks.undecided': undecided,
      'postern.revision': state?.revision,
      'postern.model': state?.prepared.id,
    };
    this.#sendChild(trace, {
      name: 'batch',
      kind: 'internal',
      startMs: startedAt,
      attributes,
      isFailed: undecided > 0,
    });
  };

  /** Sees statements. */
  readonly statements: StatementWatch = {
    begin: (kind) => {
      const trace = currentRequest()?.trace;
      if (trace === undefined) return ignoreEnd;
      const startMs = performance.now();
      return ({ rows }) => {
        const attributes = {
          'db.system.name': 'postgresql',
          'db.query.summary': kind,
          'db.response.returned_rows': rows,
        };
        this.#sendChild(trace, { name: kind, kind: 'client', startMs, attributes, isFailed: rows === undefined });
      };
    },
  };

  #sendChild(trace: RequestTrace, span: Omit<Span, 'traceId' | 'spanId' | 'parentId' | 'endMs'>): void {
    const { traceId, spanId: parentId } = trace;
    this.#send({ ...span, traceId, spanId: newId(8), parentId, endMs: performance.now() });
  }

  #isSampled(parent: TraceParent | undefined): boolean {
    const { followsParent, ratio } = this.#sampling;
    if (parent === undefined) return Math.random() < ratio;
    // The same trace is sampled everywhere, or nowhere.
    return followsParent ? parent.isSampled : Number.parseInt(parent.traceId.slice(-12), 16) / 2 ** 48 < ratio;
  }
}

function checksOf(tallies: readonly Tally[], outcome: string): number {
  return tallies.reduce((sum, tally) => (tally.outcome === outcome ? sum + tally.checks : sum), 0);
}

const ignoreEnd = () => {};

/** Asked for in large pieces: each time is a call of the system. */
const random = Buffer.alloc(8192);
let used = random.length;

function newId(bytes: number): string {
  if (used + bytes > random.length) {
    randomFillSync(random);
    used = 0;
  }
  used += bytes;
  return random.toString('hex', used - bytes, used);
}
