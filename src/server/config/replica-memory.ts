import { totalmem } from 'node:os';

/** Most memory for a replica, where nobody has set any: a quarter of what the process may have. */
export function usualReplicaMemoryMb(): number {
  return quarterOf(process.constrainedMemory(), totalmem());
}

/** Of the limit of the container, where there is one that is less than the machine has. */
export function quarterOf(limitBytes: number, machineBytes: number): number {
  const all = limitBytes > 0 ? Math.min(limitBytes, machineBytes) : machineBytes;
  return Math.floor(all / 4 / 2 ** 20);
}
