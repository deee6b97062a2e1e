import type { ConsistencyToken } from '../model/consistency-token.ts';
import { checkFreshness } from '../operations/check-freshness.ts';
import type { Cursors } from '../operations/cursors.ts';
import { orUnavailable } from '../operations/or-unavailable.ts';
import type { Postern } from '../operations/postern.ts';
import { pageSize } from './checked-arguments.ts';
import { connectionOf } from './connection.ts';
import { refusalError } from './errors.ts';

interface ListArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A complete list in the order of its names, and the state that it comes from. */
interface NamedList<Item> {
  readonly items: readonly Item[];
  readonly nameOf: (item: Item) => string;
  readonly token: ConsistencyToken;
}

/**
 * A page of a complete list, as a Relay connection. A cursor is the name of its item, so it is good on every later list of the
 * same question, whatever has gone or come in between.
 */
export async function pageOfList<Item, Node>(
  postern: Postern,
  cursors: Cursors<string>,
  { first, after }: ListArguments,
  { items, nameOf, token }: NamedList<Item>,
  nodeOf: (item: Item) => Node,
) {
  const size = pageSize(first);
  const start = cursors.read({ after: after ?? undefined });
  if (!start.ok) throw refusalError(start.problem);
  const { place, consistency } = start.value;
  const { store } = postern;
  const history = { line: store.line, log: store };
  const fresh = await orUnavailable(postern, 'A page', () => checkFreshness(token, consistency, history));
  if (!fresh.ok) throw refusalError(fresh.problem);
  const rest = place === undefined ? items : items.filter((item) => nameOf(item) > place);
  const cursorOf = cursors.in(token);
  const edges = rest.slice(0, size).map((item) => ({ cursor: cursorOf(nameOf(item)), node: nodeOf(item) }));
  return { ...connectionOf(edges, { after, hasMore: rest.length > size }), consistencyToken: token };
}
