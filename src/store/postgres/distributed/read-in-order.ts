/** So many items are tried at first. */
const few = 8;
/** Each time so many times more is read, as little of it is wanted. */
export const growth = 4;

/**
 * Reads what there is of each item of a list, in the order of the list, until there are `limit` rows: of several items at once only as
 * long as they have fewer rows together than that, and of one that has more only its first ones. So no more is read than a few times
 * the limit, whatever one of the items has, and with few statements, however many there are.
 *
 * `readSome` gives all rows of several items, or as many as `limit` of them; of one item the first ones in their order.
 */
export async function readInOrder<Item, Row>(
  items: readonly Item[],
  limit: number,
  readSome: (some: readonly Item[]) => Promise<readonly Row[]>,
  compare: (one: Row, other: Row) => number,
): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (let at = 0, size = few; at < items.length && found.length < limit; size *= growth) {
    const { rows, count } = await readFirst(items.slice(at, at + size), limit, readSome);
    found.push(...rows.toSorted(compare));
    at += count;
  }
  return found.slice(0, limit);
}

export interface FirstRows<Row> {
  readonly rows: readonly Row[];
  /** Of how many items they are: of one only where it has as many rows as the limit, or more. */
  readonly count: number;
}

/** The same for the first items of a list: as many of them as have fewer rows than the limit, or one. */
export async function readFirst<Item, Row>(
  items: readonly Item[],
  limit: number,
  readSome: (some: readonly Item[]) => Promise<readonly Row[]>,
): Promise<FirstRows<Row>> {
  const rows = await readSome(items);
  if (rows.length < limit || items.length === 1) return { rows, count: items.length };
  return readFirst(items.slice(0, Math.ceil(items.length / 2)), limit, readSome);
}
