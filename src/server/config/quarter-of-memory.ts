import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';

/** A quarter of the memory that this process may have: its container's, where it is in one that says so, or the machine's. */
export function quarterOfMemoryMb(): number {
  const limit = constrainedMemory();
  // Where nothing limits it, the limit is none, or larger than any machine.
  const bytes = limit > 0 && limit < totalmem() ? limit : totalmem();
  return Math.min(1_000_000, Math.floor(bytes / 4 / 2 ** 20));
}
