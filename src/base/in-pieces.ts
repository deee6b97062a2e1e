import { turns } from './turns.ts';

/** What is made of so many items takes a few milliseconds. */
const pieceSize = 200;

/**
 * The same items, for somebody who does the same work for each of them in one go. Of many, all but the first piece are promises that
 * are kept piece by piece, so that others have their turn in between.
 */
export function inPieces<Item>(items: readonly Item[]): readonly (Item | Promise<Item>)[] {
  if (items.length <= pieceSize) return items;
  const pieces: (Item | Promise<Item>)[] = items.slice(0, pieceSize);
  let before = Promise.resolve();
  for (let start = pieceSize; start < items.length; start += pieceSize) {
    before = before.then(() => turns.rest());
    const its = before;
    for (const item of items.slice(start, start + pieceSize)) pieces.push(its.then(() => item));
  }
  return pieces;
}
