import type { ServerResponse } from 'node:http';

/** Returns when the client has taken what was written; one that takes nothing for `patienceMs` is cut off. */
export async function whenWritable(response: ServerResponse, patienceMs: number): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => response.destroy(), patienceMs);
    const done = () => {
      clearTimeout(cut);
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
