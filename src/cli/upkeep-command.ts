import type { Postern } from '../operations/postern.ts';
import { runUpkeep } from '../operations/upkeep/run-upkeep.ts';
import type { Config } from '../server/config.ts';
import type { Upkeep } from '../store/upkeep.ts';

/** Goes through the store once, and says what was removed. */
export async function printUpkeep(
  postern: Postern,
  upkeep: Upkeep,
  { retention }: Config,
  print: (line: string) => void,
): Promise<void> {
  print('Removing what is not needed any more; this rests after each piece, so it takes a while.');
  const { expired, outcomes, changes, events, uses } = await runUpkeep(
    postern,
    upkeep,
    retention,
    new AbortController().signal,
  );
  const first = `${expired} expired relationships, ${outcomes} outcomes of writes, ${changes} changes, ${events} audit events`;
  print(`Removed ${first}, and ${uses} numbers of what was used.`);
}
