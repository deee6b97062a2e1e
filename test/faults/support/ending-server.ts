import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultPoint } from '../../../src/base/fault-points.ts';
import type { FaultPort } from '../../../src/base/fault-port.ts';
import { readConfig } from '../../../src/server/config.ts';
import { startServer } from '../../../src/server/start-server.ts';

// A server in a process of its own, which ends like one that is killed when it comes to a point.

/** Where it is to end, from when it is told on. */
export interface EndOrder {
  readonly point: FaultPoint;
  readonly moment: 'before' | 'after';
}

export interface EndingServerReady {
  readonly url: string;
  readonly tokens: Readonly<Record<string, string>>;
}

let order: EndOrder | undefined;
process.on('message', (told: EndOrder) => {
  order = told;
  process.send?.('told');
});

const faults: FaultPort = {
  around: async (point, work) => {
    endIf(point, 'before');
    const value = await work();
    endIf(point, 'after');
    return value;
  },
};

function endIf(point: FaultPoint, moment: EndOrder['moment']): void {
  if (order?.point === point && order.moment === moment) process.kill(process.pid, 'SIGKILL');
}

const [databaseUrl = '', ...subjects] = process.argv.slice(2);
const config = readConfig({
  DATABASE_URL: databaseUrl,
  PORT: '0',
  POSTERN_LOG_LEVEL: 'silent',
  POSTERN_WORKERS: '1',
  POSTERN_CALLER_ALLOWANCE: '1000000',
  POSTERN_SERVICE_ALLOWANCE: '1000000',
});
if (!config.ok) throw new Error(config.problem.join('\n'));
const folder = await mkdtemp(join(tmpdir(), `postern-test-${process.ppid}-ending-`));
const server = await startServer(config.value, {
  onProgress: () => undefined,
  developmentClaims: {},
  developmentCallers: [],
  developmentKeyFile: join(folder, 'development-key.json'),
  faults,
});
const tokens = await Promise.all(subjects.map(async (one) => [one, (await server.issuer?.sign(one)) ?? ''] as const));
process.send?.({ url: server.url, tokens: Object.fromEntries(tokens) } satisfies EndingServerReady);
