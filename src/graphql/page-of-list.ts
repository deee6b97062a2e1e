import type { Cursors } from '../operations/cursors.ts';
import { pageSize } from './checked-arguments.ts';
import { connectionOf } from './connection.ts';
import { refusalError } from './errors.ts';

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/**
 * A page of a complete list in the order of its names, as a Relay connection. A cursor is the name of its item, so it is
 * good on every later list of the same question, whatever has gone or come in between.
 */
export function pageOf<Item, Node>(
  cursors: Cursors<string>,
  { first, after }: PageArguments,
  list: readonly Item[],
  nameOf: (item: Item) => string,
  nodeOf: (item: Item) => Node,
) {
  const size = pageSize(first);
  const read = cursors.read(after);
  if (!read.ok) throw refusalError(read.problem);
  const place = read.value;
  const rest = place === undefined ? list : list.filter((item) => nameOf(item) > place);
  const edges = rest.slice(0, size).map((item) => ({ cursor: cursors.of(nameOf(item)), node: nodeOf(item) }));
  return connectionOf(edges, { after, hasMore: rest.length > size });
}
