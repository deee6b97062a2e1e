import type { Portion } from '../engine/ports.ts';

/**
 * The items of a portion, of the rows of which one more was asked for than `limit`. A row that means nothing, such as one with a
 * name that the model never had, counts for the limit as any other: otherwise a portion would be taken for all there is.
 */
export function portionOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item | undefined,
): Portion<Item> {
  return { items: rows.slice(0, limit).flatMap((row) => itemOf(row) ?? []), isWhole: rows.length <= limit };
}
