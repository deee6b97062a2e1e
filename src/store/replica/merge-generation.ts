import { turns } from '../../base/turns.ts';
import { buildBase } from './build-base.ts';
import type { EdgeBase } from './edge-base.ts';
import { EdgeList } from './edge-list.ts';
import type { Generation } from './edge-view.ts';
import { inTurns } from './in-turns.ts';
import type { StoredEdge } from './stored-edge.ts';

/** The edges of one revision as a new base, made in turns with others; later revisions may be applied to the old one meanwhile. */
export async function mergeGeneration(generation: Generation, revision: number): Promise<EdgeBase> {
  const { base, overlay } = generation;
  const columns = new EdgeList();
  const written = (await overlay.edgesAt(revision)).values();
  let next = written.next();
  const addWrittenBefore = (row: number) => {
    while (!next.done && (row === base.size || isBeforeRow(next.value, base, row))) {
      columns.add(next.value);
      next = written.next();
    }
  };
  await inTurns(base.size, (row) => {
    addWrittenBefore(row);
    if (!overlay.hasRemoved(row, revision)) columns.add(base.edgeAt(row));
  });
  addWrittenBefore(base.size);
  await turns.pause();
  return buildBase(revision, columns, ({ nodes }, tell) =>
    inTurns(nodes.length, (place) => {
      const node = nodes[place] ?? 0;
      tell(node, base.typeOf(node) ?? overlay.typeOf(node) ?? 0);
    }),
  );
}

function isBeforeRow({ object, relation, subject }: StoredEdge, base: EdgeBase, row: number): boolean {
  const order = object - base.objectAt(row) || relation - base.relationAt(row) || subject - base.subjectAt(row);
  return order < 0;
}
