import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type FaultPoint, faultPoints, waits } from '../../src/base/fault-points.ts';

/** What a file waits for: points of `src/base/fault-points.ts`, or why nothing can happen there that is not tried elsewhere. */
type Waits = readonly FaultPoint[] | string;

const statement = 'what it waits for is a statement, or a session';
const ofClient = 'waits for a client, who gets nothing before it is there';
const toldOnly = 'says what was done, and nobody waits for it: test/server/telemetry.test.ts';
const atStart = 'only when a server starts or ends';

/** Every file that makes something to wait for, or speaks to something outside of the process. */
const waiting: Readonly<Record<string, Waits>> = {
  'src/base/fair-queue.ts': ['waitForPlace'],
  'src/base/turns.ts': 'waits for the thread itself',
  'src/base/with-deadline.ts': 'waits for a clock',
  'src/graphql/decision-loader.ts': ['decideBatch'],
  'src/operations/room.ts': 'waits for others, by a clock of its own: test/server/gate.test.ts',
  'src/operations/uses/use-counter.ts':
    'counts what was answered, and no answer waits for it: test/operations/uses.test.ts',
  'src/server/console/console-files.ts': atStart,
  'src/server/coprocessor/supergraphs.ts': ['readSupergraph'],
  'src/server/identity/remote-key-set.ts': ['fetchKeys'],
  'src/server/make-folder.ts': atStart,
  'src/server/mcp/speak.ts':
    'hands a message to this thread, and waits for nothing but operations: test/mcp/tokens.test.ts',
  'src/server/model-worker/model-worker.ts': ['readModelText'],
  'src/server/model-worker/thread.ts': ['readModelText'],
  'src/server/read-static-schema.ts': atStart,
  'src/server/read-version.ts': atStart,
  'src/server/start-server.ts': atStart,
  'src/server/subscriptions/live-sessions.ts': ofClient,
  'src/server/subscriptions/open-websocket.ts': ofClient,
  'src/server/subscriptions/when-writable.ts': ofClient,
  'src/server/telemetry/open-telemetry.ts': toldOnly,
  'src/server/telemetry/serve-metrics.ts': 'answers whoever reads numbers, and nobody else',
  'src/server/telemetry/span-exporter.ts': toldOnly,
  'src/server/telemetry/write-lines.ts': toldOnly,
  'src/server/workers/shared-port.ts': atStart,
  'src/server/workers/thread.ts': atStart,
  'src/server/workers/worker-keeper.ts': 'waits for threads, each of which is a server: test/server/workers.test.ts',
  'src/server/workers/worker.ts': 'waits for threads, each of which is a server: test/server/workers.test.ts',
  'src/store/postgres/audit-appender.ts': ['shareEvent'],
  'src/store/postgres/connection-pool.ts': ['waitForSession'],
  'src/store/postgres/connection.ts': ['openSession'],
  'src/store/postgres/distributed/held-state.ts':
    'waits for a clock, and lets go: test/store/distributed/long-states.test.ts',
  'src/store/postgres/excerpt-line.ts': ['shareStatement'],
  'src/store/postgres/postgres-change-feed.ts': ['nextChange'],
  'src/store/postgres/read-address.ts': statement,
  'src/store/postgres/run-inside.ts': statement,
  'src/store/postgres/with-faults.ts': statement,
  'src/store/postgres/write-group.ts': ['shareCommit'],
  'src/store/postgres/write-queue.ts': ['shareCommit'],
  'src/store/postgres/write-run.ts': ['shareCommit'],
  'src/store/replica/barrier.ts': ['passBarrier'],
  'src/store/replica/replica.ts': ['passBarrier', 'probe', 'loadEdges'],
  'src/store/watches.ts': ['nextChange'],
};

const makesWaits = /new Promise\b|Promise\.withResolvers|\bfetch\(|\bcreateRemoteJWKSet\(/;
const isOutside =
  /^import (?!type\b).* from '(?:node:(?:net|tls|dgram|dns|http|https|http2|fs|fs\/promises|child_process|worker_threads|cluster)|postgres|undici)';$/m;
/** Commands of an operator, what starts a database for trying things out, and a page for browsers. */
const others = /^src\/(?:cli|server\/(?:embedded-postgres|development|ide)(?:\/|\.ts))/;
/** Functions without anything to wait for. */
const plain: ReadonlySet<string> = new Set(['isIP', 'writeSync']);

test('whatever waits for something has a point in the table, or a reason why not', async () => {
  const found: string[] = [];
  for await (const path of glob('src/**/*.ts')) {
    if (others.test(path)) continue;
    const text = await readFile(path, 'utf8');
    if (makesWaits.test(text) || importsOutside(text)) found.push(path);
  }
  expect(found.toSorted()).toEqual(Object.keys(waiting));
});

function importsOutside(text: string): boolean {
  const [line] = isOutside.exec(text) ?? [];
  const names = /\{(.*)\}/
    .exec(line ?? '')?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return line !== undefined && !(names?.every((name) => plain.has(name)) ?? false);
}

test('every wait of the table is somebody’s', () => {
  const named = new Set(Object.values(waiting).flatMap((points) => (typeof points === 'string' ? [] : points)));
  expect(Object.keys(waits).filter((name) => !named.has(name as FaultPoint))).toEqual([]);
  expect([...named].filter((name) => !faultPoints.includes(name))).toEqual([]);
});
