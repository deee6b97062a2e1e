import { Session } from 'node:inspector/promises';
import v8 from 'node:v8';
import { countNative, type NativeWork } from './count-native.ts';

/**
 * Counts work instead of measuring time. Only code that is loaded afterwards is counted in all its pieces, so this module is
 * imported before everything else.
 */
// Counts are exact only of code that is interpreted, and of functions that are counted from their first run on.
const exact = ['--no-lazy-feedback-allocation', '--no-flush-bytecode', '--no-opt', '--no-maglev'];
const session = new Session();
session.connect();
await session.post('Profiler.enable');

/** To count takes time, and so nothing is counted where time is measured: see `npm run bench:growth`. */
export const isTimed = process.env.GROWTH === 'time';
for (const flag of isTimed ? [] : exact) v8.setFlagsFromString(flag);
if (!isTimed) await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** How often pieces of our own code ran: functions, branches and rounds of loops, as the engine of JavaScript counts them. */
export async function countPieces(run: () => Promise<unknown>): Promise<number> {
  const counts = await countRuns(run);
  return counts.flat().reduce((total, count) => total + count, 0);
}

/** What something takes of a processor and of memory, whatever the machine. */
export interface Work extends NativeWork {
  readonly pieces: number;
  /** Bytes of memory that were taken, be they given back by now or not: what is copied again and again shows here. */
  readonly bytes: number;
}

export async function countWork(run: () => Promise<unknown>): Promise<Work> {
  let work: NativeWork & { bytes: number } = { items: 0, characters: 0, bytes: 0 };
  const pieces = await countPieces(async () => {
    let native: NativeWork = { items: 0, characters: 0 };
    const bytes = await countBytes(async () => {
      native = await countNative(run);
    });
    work = { ...native, bytes };
  });
  return { pieces, ...work };
}

async function countBytes(run: () => Promise<unknown>): Promise<number> {
  const profiler = new v8.GCProfiler();
  const used = () => v8.getHeapStatistics().used_heap_size;
  let before = used();
  profiler.start();
  await run();
  const after = used();
  let bytes = 0;
  for (const { beforeGC, afterGC } of profiler.stop()?.statistics ?? []) {
    bytes += beforeGC.heapStatistics.usedHeapSize - before;
    before = afterGC.heapStatistics.usedHeapSize;
  }
  return bytes + after - before;
}

/**
 * How often the busiest piece of each of our functions ran, in all. For work that is small: pieces that ran as often as what
 * they are in are sometimes listed and sometimes not, which can look like growth.
 */
export async function countBusiest(run: () => Promise<unknown>): Promise<number> {
  const counts = await countRuns(run);
  return counts.reduce((total, ofFunction) => total + Math.max(...ofFunction), 0);
}

/** Of each function, how often each of its pieces ran. */
async function countRuns(run: () => Promise<unknown>): Promise<readonly (readonly number[])[]> {
  await session.post('Profiler.takePreciseCoverage');
  await run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const own = result.filter(({ url }) => url.includes('/src/') && !url.includes('/node_modules/'));
  return own.flatMap(({ functions }) => functions.map(({ ranges }) => ranges.map(({ count }) => count)));
}
