import { firstObject } from '../packed-subject.ts';
import { EdgeBase } from './edge-base.ts';
import { type EdgeList, provisoFlag } from './edge-list.ts';
import { inTurns } from './in-turns.ts';
import type { NodeSet } from './node-set.ts';
import { Provisos } from './provisos.ts';
import { DamagedEdges } from './replica-problems.ts';

/** Says of which type the nodes are, node by node, in any order; of wildcards nothing has to be said. */
export type TellTypes = (nodes: NodeSet, tell: (node: number, type: number) => void) => Promise<void>;

/** Makes a base of all edges of one revision, in turns with others. */
export async function buildBase(revision: number, columns: EdgeList, tellTypes: TellTypes): Promise<EdgeBase> {
  const nodes = await columns.marks.finish();
  const types = await typesOf(nodes, tellTypes);
  const forward = await forwardOf(columns, nodes, types);
  const reverse = await reverseOf(forward, nodes.nodes.length);
  const provisos = await Provisos.of(columns.provisoRows, columns.provisos);
  return new EdgeBase(revision, { nodes, types, provisos, ...forward, ...reverse });
}

async function typesOf(nodes: NodeSet, tellTypes: TellTypes): Promise<Uint16Array> {
  const types = new Uint16Array(nodes.nodes.length);
  await tellTypes(nodes, (node, type) => {
    const place = nodes.placeOf(node);
    if (place >= 0) types[place] = type;
  });
  await inTurns(types.length, (place) => {
    const node = nodes.nodes[place] ?? 0;
    if (node < firstObject) types[place] = node;
    if (types[place] === 0) throw new DamagedEdges('A relationship names an object that is not stored.');
  });
  return types;
}

async function forwardOf(columns: EdgeList, nodes: NodeSet, types: Uint16Array) {
  const { size } = columns;
  const forward = {
    forwardStarts: new Uint32Array(nodes.nodes.length + 1),
    objects: new Uint32Array(size),
    relations: new Uint16Array(size),
    subjects: new Uint32Array(size),
    sets: new Uint16Array(size),
  };
  await inTurns(size, (row) => {
    const object = nodes.placeOf(columns.objectAt(row));
    const subject = nodes.placeOf(columns.subjectAt(row));
    if (types[subject] !== columns.typeAt(row))
      throw new DamagedEdges('A relationship says another type of its subject.');
    forward.objects[row] = object;
    forward.relations[row] = columns.relationAt(row);
    forward.subjects[row] = subject;
    forward.sets[row] = columns.setAt(row);
    forward.forwardStarts[object + 1] = row + 1;
  });
  // An object without rows begins where the one before it ends.
  await inTurns(nodes.nodes.length, (place) => {
    const before = forward.forwardStarts[place] ?? 0;
    if ((forward.forwardStarts[place + 1] ?? 0) < before) forward.forwardStarts[place + 1] = before;
  });
  return forward;
}

type Forward = Awaited<ReturnType<typeof forwardOf>>;

/**
 * Orders rows by their subjects without comparing any two: first by set and relation, of which there are few, and then by the node.
 * Each step keeps the order of the one before, so that rows of one subject and relation are in that of their objects.
 */
async function reverseOf({ relations, subjects, sets }: Forward, nodeCount: number) {
  const size = relations.length;
  const keyOf = (row: number) => (sets[row] ?? 0) * provisoFlag + ((relations[row] ?? 0) & ~provisoFlag);
  const counts = new Map<number, number>();
  await inTurns(size, (row) => counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1));
  const next = startsOf(counts);
  const byKey = new Uint32Array(size);
  const reverseStarts = new Uint32Array(nodeCount + 1);
  await inTurns(size, (row) => {
    const place = next.get(keyOf(row)) ?? 0;
    next.set(keyOf(row), place + 1);
    byKey[place] = row;
    const subject = subjects[row] ?? 0;
    reverseStarts[subject + 1] = (reverseStarts[subject + 1] ?? 0) + 1;
  });
  await inTurns(nodeCount, (node) => {
    reverseStarts[node + 1] = (reverseStarts[node + 1] ?? 0) + (reverseStarts[node] ?? 0);
  });
  const places = reverseStarts.slice();
  const reverse = new Uint32Array(size);
  await inTurns(size, (index) => {
    const row = byKey[index] ?? 0;
    const subject = subjects[row] ?? 0;
    const place = places[subject] ?? 0;
    places[subject] = place + 1;
    reverse[place] = row;
  });
  return { reverseStarts, reverse };
}

/** Where the rows of each key begin, if keys come in their order. */
function startsOf(counts: ReadonlyMap<number, number>): Map<number, number> {
  let start = 0;
  return new Map(
    [...counts]
      .toSorted(([left], [right]) => left - right)
      .map(([key, count]) => {
        const first = start;
        start += count;
        return [key, first] as const;
      }),
  );
}
