import type { ObjectRef } from '../model/object-ref.ts';
import type { AccessibleObjects } from '../operations/access/list-accessible-objects.ts';
import { connectionOf } from './connection.ts';

/** A page of objects as a Relay connection; `nodeOf` says what an object is in it. */
export function objectConnection<Node>(
  { objects, lastId, hasMore, undecided, cursorOf, token, ageMs, ...page }: AccessibleObjects,
  after: string | null | undefined,
  nodeOf: (object: ObjectRef) => Node,
) {
  const edges = objects.map((object) => ({ cursor: cursorOf(object.id), node: nodeOf(object) }));
  const isCutShort = hasMore && page.isCutShort;
  const endCursor = isCutShort && lastId !== undefined ? cursorOf(lastId) : undefined;
  return {
    ...connectionOf(edges, { after, hasMore, endCursor }),
    undecided: undecided.map(({ object, problem }) => ({ object, error: problem })),
    isCutShort,
    consistencyToken: token,
    stateAgeMs: ageMs,
  };
}
