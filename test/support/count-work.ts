import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';

/**
 * Counts work instead of measuring time. Only code that is loaded afterwards is counted in all its pieces, so this module is
 * imported before everything else.
 */
// Counts are exact only of code that is interpreted, and of functions that are counted from their first run on.
for (const flag of ['--no-lazy-feedback-allocation', '--no-flush-bytecode', '--no-opt', '--no-maglev']) {
  setFlagsFromString(flag);
}
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** How often pieces of our own code ran: functions, branches and rounds of loops, as the engine of JavaScript counts them. */
export async function countPieces(run: () => Promise<unknown>): Promise<number> {
  const counts = await countRuns(run);
  return counts.flat().reduce((total, count) => total + count, 0);
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
