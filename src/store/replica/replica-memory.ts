import type { EdgeList } from './edge-list.ts';
import type { Generation } from './edge-view.ts';
import type { Copy } from './replica-copy.ts';

/** What a copy takes, about, and what is made of it just now. */
export function bytesOf({ generation, numbers, sinceMerge }: Copy): number {
  const { base, overlay } = generation;
  const made = sinceMerge === undefined ? 0 : bytesToMerge(generation) + sinceMerge.length * bytesPerVersion;
  return base.bytes + overlay.size * bytesPerVersion + overlay.textBytes + numbers.bytes + made;
}

/** What is made beside what there is: the lists of a new base, and the base. */
export function bytesToMerge({ base, overlay }: Generation): number {
  return base.bytes + (base.size + overlay.size) * bytesPerMergedRow + overlay.textBytes;
}

/** From the lists that are read to all that is there while a base is replaced by the next one; texts are there once more then. */
export function bytesToBuild({ bytes, textBytes }: EdgeList): number {
  return bytes * bytesPerListByte + 2 * textBytes;
}

/** Measured: see docs/decisions/0013-replica.md. */
const bytesPerVersion = 400;
const bytesPerMergedRow = 14;
const bytesPerListByte = 6;
