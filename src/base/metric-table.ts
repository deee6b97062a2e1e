/** What a server tells of itself in numbers. The dashboard, the alerts, the documents and the tests read this table. */
export interface MetricDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Names of the labels; their values come from short lists, never from what callers send. */
  readonly labels: readonly string[];
  /** Upper bounds, of a histogram. */
  readonly buckets?: readonly number[];
}

/** The bounds of the service levels are among them. */
const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export const metricTable = {
  postern_requests_total: {
    kind: 'counter',
    help: 'Requests that were answered, by the door they came through, the field they begin with, and how they ended. A denial is "ok".',
    labels: ['door', 'operation', 'outcome'],
  },
  postern_request_duration_seconds: {
    kind: 'histogram',
    help: 'From the arrival of a request to the end of its answer.',
    labels: ['door', 'operation'],
    buckets: secondsBuckets,
  },
  postern_decisions_total: {
    kind: 'counter',
    help: 'Checks that were decided, or could not be; the code says why not.',
    labels: ['decision', 'code'],
  },
  postern_admitted_weight: {
    kind: 'gauge',
    help: 'What is accepted, waiting or worked on, by kind; 1 is a request that asks one thing.',
    labels: ['kind'],
  },
  postern_admitted_weight_limit: {
    kind: 'gauge',
    help: 'How much of each kind is accepted at most.',
    labels: ['kind'],
  },
  postern_shed_total: {
    kind: 'counter',
    help: 'Requests that were refused because as much as can be answered in time was accepted before.',
    labels: ['kind'],
  },
  postern_database_connections: {
    kind: 'gauge',
    help: 'Connections to the database, by what they are for and whether they are in use.',
    labels: ['pool', 'state'],
  },
  postern_database_connections_limit: {
    kind: 'gauge',
    help: 'Connections to the database at most.',
    labels: ['pool'],
  },
  postern_database_waiting: {
    kind: 'gauge',
    help: 'Pieces of work that wait for a connection.',
    labels: ['pool'],
  },
  postern_statement_duration_seconds: {
    kind: 'histogram',
    help: 'From the sending of a statement to the end of its answer, by what it is for. "commit" is that of a write, which waits for its disk.',
    labels: ['statement'],
    buckets: secondsBuckets,
  },
  postern_statement_rows: {
    kind: 'histogram',
    help: 'Rows that a statement returned or changed; what "check" reads comes in one row.',
    labels: ['statement'],
    buckets: [0, 1, 10, 100, 1000, 10_000],
  },
  postern_statement_failures_total: {
    kind: 'counter',
    help: 'Statements that failed: time limits, locks, lost connections.',
    labels: ['statement'],
  },
  postern_decision_log_lines_total: {
    kind: 'counter',
    help: 'Lines of the decision log, by what became of them: "dropped" for want of room, "failed" where they could not be written.',
    labels: ['outcome'],
  },
  postern_spans_total: {
    kind: 'counter',
    help: 'Spans of traces, by what became of them: "dropped" for want of room, "failed" where the collector did not take them.',
    labels: ['outcome'],
  },
  postern_failures_total: {
    kind: 'counter',
    help: 'What failed and made answers unavailable; each has a line in the log.',
    labels: [],
  },
  postern_live_connections: {
    kind: 'gauge',
    help: 'Open connections of subscribers.',
    labels: [],
  },
  postern_replica_loaded: {
    kind: 'gauge',
    help: 'Whether the replica in memory can answer: 1 or 0.',
    labels: [],
  },
  postern_replica_bytes: {
    kind: 'gauge',
    help: 'Memory of the replica.',
    labels: [],
  },
  postern_standby_questions_total: {
    kind: 'counter',
    help: 'Questions that standbys answered, or left to the primary; a standby is called by its place in DATABASE_REPLICA_URLS, from 1.',
    labels: ['standby', 'outcome'],
  },
  postern_key_problems_total: {
    kind: 'counter',
    help: 'Fetches of keys of issuers that failed.',
    labels: [],
  },
  postern_draining: {
    kind: 'gauge',
    help: 'Whether the server was told to end and still answers: 1 or 0.',
    labels: [],
  },
  postern_build_info: {
    kind: 'gauge',
    help: 'Always 1; the labels say which version runs.',
    labels: ['version', 'node'],
  },
  nodejs_eventloop_utilization: {
    kind: 'gauge',
    help: 'The part of the time since it was read last in which the thread worked, from 0 to 1.',
    labels: [],
  },
  nodejs_eventloop_delay_p99_seconds: {
    kind: 'gauge',
    help: 'How late the thread came to its work, for the worst hundredth of the time since it was read last.',
    labels: [],
  },
  nodejs_heap_used_bytes: { kind: 'gauge', help: 'Memory of the heap of the thread.', labels: [] },
  process_resident_memory_bytes: { kind: 'gauge', help: 'Memory of the process.', labels: [] },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof metricTable;

export const metricNames = Object.keys(metricTable) as readonly MetricName[];

export function definitionOf(name: MetricName): MetricDefinition {
  return metricTable[name];
}
