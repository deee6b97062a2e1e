import type { Portion } from '../engine/ports.ts';

/**
 * The items of a portion, made of its rows, of which one more than `limit` was asked for. Every row counts for the limit, also one
 * that is no item, as it has a name that the model does not know: so a part is never taken for the whole.
 */
export function portionOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item | undefined,
): Portion<Item> {
  return { items: rows.slice(0, limit).flatMap((row) => itemOf(row) ?? []), isWhole: rows.length <= limit };
}
