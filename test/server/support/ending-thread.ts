import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from '../../../src/server/workers/worker-message.ts';

// A worker that ends whenever it is told to listen, as one does that a fault of the machine ends again and again.

const send = (message: FromWorker) => parentPort?.postMessage(message);

parentPort?.on('message', ({ kind }: ToWorker) => {
  if (kind === 'stop') process.exit(0);
  if (kind !== 'listen') return;
  send({ kind: 'listening', port: 1 });
  setImmediate(() => process.exit(1));
});
send({ kind: 'built' });
