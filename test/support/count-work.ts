import { Session } from 'node:inspector/promises';

/**
 * Counts work instead of measuring time. Only code that is loaded afterwards is counted in all its pieces, so this module is
 * imported before everything else.
 */
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** How often pieces of our own code ran: functions, branches and rounds of loops, as the engine of JavaScript counts them. */
export async function countPieces(run: () => Promise<unknown>): Promise<number> {
  await session.post('Profiler.takePreciseCoverage');
  await run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const own = result.filter(({ url }) => url.includes('/src/') && !url.includes('/node_modules/'));
  const ranges = own.flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
  return ranges.reduce((total, { count }) => total + count, 0);
}
