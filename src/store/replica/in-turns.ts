import { turns } from '../../base/turns.ts';

/** Some hundred microseconds of anything that is done for each of many. */
const partSize = 4096;

/** Does something for each number below `count`, with turns for others in between. */
export async function inTurns(count: number, work: (index: number) => void): Promise<void> {
  for (let start = 0; start < count; start += partSize) {
    const end = Math.min(count, start + partSize);
    for (let index = start; index < end; index++) work(index);
    const rest = turns.pause();
    if (rest !== undefined) await rest;
  }
}
