import { type CheckRequest, check } from '../src/engine/check.ts';
import type { EdgeAnswer, EdgeQuery, Snapshot, SnapshotReader } from '../src/engine/ports.ts';
import type { Decision } from '../src/model/decision.ts';
import { createStatementCounter, meanOf } from './count-statements.ts';
import { openPostern } from './open-postern.ts';
import type { Cost } from './report.ts';

/** The engine on the database, with nothing in between, in this process. */
export interface EngineLevel {
  ask(request: CheckRequest): Promise<readonly Decision[]>;
  /** Asks each request once and counts; apart from what is timed, because counting takes time too. */
  count(requests: readonly CheckRequest[]): Promise<Cost>;
  cpuUsed(): Promise<number>;
  close(): Promise<void>;
}

export function openEngineLevel(url: string): EngineLevel {
  const { store } = openPostern(url);
  return {
    ask: async (request) => (await check(store.reader, request)).decisions,
    count: (requests) => countAll(url, requests),
    cpuUsed: async () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    close: () => store.close(),
  };
}

async function countAll(url: string, requests: readonly CheckRequest[]): Promise<Cost> {
  const counter = createStatementCounter();
  const { store } = openPostern(url, counter.onStatement);
  try {
    const edges = { rows: 0, lookups: 0 };
    const reader = countingReader(store.reader, edges);
    // The first request of a process also reads the model.
    for (const request of requests.slice(0, 1)) await check(store.reader, request);
    counter.take();
    const counts = [];
    for (const request of requests) {
      await check(reader, request);
      counts.push(counter.take());
    }
    return {
      statements: meanOf(counts.map(({ statements }) => statements)),
      mostStatements: Math.max(...counts.map(({ statements }) => statements)),
      transactionStatements: meanOf(counts.map(({ transactionStatements }) => transactionStatements)),
      rows: edges.rows / requests.length,
      lookups: edges.lookups / requests.length,
    };
  } finally {
    await store.close();
  }
}

interface EdgeCount {
  rows: number;
  lookups: number;
}

function countingReader(reader: SnapshotReader, count: EdgeCount): SnapshotReader {
  return {
    withSnapshot: (objects, use) => reader.withSnapshot(objects, (snapshot) => use(countingSnapshot(snapshot, count))),
  };
}

function countingSnapshot(snapshot: Snapshot, count: EdgeCount): Snapshot {
  return {
    now: snapshot.now,
    revision: snapshot.revision,
    prepared: snapshot.prepared,
    nodeOf: (object) => snapshot.nodeOf(object),
    readEdges: async (query) => {
      const answer = await snapshot.readEdges(query);
      count.lookups += sizeOf(query);
      count.rows += sizeOf(answer);
      return answer;
    },
  };
}

function sizeOf({ direct, sets, objects }: EdgeQuery | EdgeAnswer): number {
  return direct.length + sets.length + objects.length;
}
