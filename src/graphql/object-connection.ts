import type { ObjectRef } from '../model/object-ref.ts';
import type { AccessibleObjects } from '../operations/access/list-accessible-objects.ts';

/** A page of objects as a Relay connection; `nodeOf` says what an object is in it. */
export function objectConnection<Node>(page: AccessibleObjects, isFirst: boolean, nodeOf: (object: ObjectRef) => Node) {
  const edges = page.objects.map((object) => ({ cursor: page.cursorOf(object.id), node: nodeOf(object) }));
  // A page that was cut short goes on after the last object that was looked at, which need not be one of its own.
  const isCutShort = page.hasMore && page.isCutShort;
  const lastSeen = isCutShort && page.lastId !== undefined ? page.cursorOf(page.lastId) : undefined;
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasMore,
      hasPreviousPage: !isFirst,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: lastSeen ?? edges.at(-1)?.cursor ?? null,
    },
    undecided: page.undecided.map(({ object, problem }) => ({ object, error: problem })),
    isCutShort,
  };
}
