import { Worker } from 'node:worker_threads';
import type { LoopAnswer, LoopOrder } from './closed-loop.ts';

/** What clients were answered that repeated their requests for a while. */
export function runLoop(order: LoopOrder): Promise<readonly LoopAnswer[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('closed-loop.ts', import.meta.url), { workerData: order });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
