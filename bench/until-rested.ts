import { setTimeout } from 'node:timers/promises';

/** Most processor time that is rest, of a second. */
const restMs = 100;
const mostSeconds = 600;

/**
 * Returns when what is measured has done nothing for a second: a server that has just begun reads its store into memory, which is none of the
 * requests' work. At once where the system does not tell of processor time.
 */
export async function untilRested(usedMs: () => Promise<number | undefined>): Promise<void> {
  let before = await usedMs();
  for (let seconds = 0; before !== undefined; seconds += 1) {
    if (seconds === mostSeconds) throw new Error(`The server has not come to rest within ${mostSeconds} seconds.`);
    await setTimeout(1000);
    const now = await usedMs();
    if (now === undefined || now - before < restMs) return;
    before = now;
  }
}
