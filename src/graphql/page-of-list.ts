import { makeCursor, readCursor } from '../operations/cursor.ts';
import type { SealingKey } from '../store/seal.ts';
import { badInput } from './errors.ts';
import { pageSize } from './limits.ts';

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/**
 * A page of a complete list in the order of its names, as a Relay connection. A cursor is the name of its item, so it is
 * good on every later list of the same question, whatever has gone or come in between.
 */
export function pageOf<Item, Node>(
  key: SealingKey,
  question: unknown,
  { first, after }: PageArguments,
  list: readonly Item[],
  nameOf: (item: Item) => string,
  nodeOf: (item: Item) => Node,
) {
  const size = pageSize(first);
  const place = after === null || after === undefined ? undefined : readCursor(key, question, after);
  if (place?.ok === false) throw badInput(place.problem);
  const rest = place === undefined ? list : list.filter((item) => nameOf(item) > place.value);
  const edges = rest.slice(0, size).map((item) => {
    return { cursor: makeCursor(key, question, nameOf(item)), node: nodeOf(item) };
  });
  return {
    edges,
    pageInfo: {
      hasNextPage: rest.length > size,
      hasPreviousPage: place !== undefined,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
