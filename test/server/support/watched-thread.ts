import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { workerData } from 'node:worker_threads';

// The thread of a worker, which says in each answer which one it is, and ends when a request tells it how.

const ends: ReadonlyMap<unknown, () => void> = new Map([
  ['error', () => void setImmediate(() => throwIt())],
  ['rejection', () => void Promise.reject(new Error('Nobody handles this.'))],
  ['exit', () => process.exit(3)],
  ['memory', () => void fillMemory([])],
]);

function throwIt(): never {
  throw new Error('Nobody catches this.');
}

function fillMemory(kept: object[]): void {
  for (;;) kept.push(new Array(1_000_000).fill(0.5));
}

subscribe('http.server.request.start', (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  response.setHeader('x-worker', workerData.number);
  ends.get(request.headers['x-end'])?.();
});

await import('../../../src/server/workers/thread.ts');
