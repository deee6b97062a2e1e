import { buildBase } from './build-base.ts';
import { EdgeList } from './edge-list.ts';
import { NameTable } from './name-table.ts';
import { Overlay } from './overlay.ts';
import { type Copy, positionOf } from './replica-copy.ts';
import type { Loading, ReplicaFeed } from './replica-feed.ts';
import { bytesToBuild } from './replica-memory.ts';
import { TypeList } from './type-list.ts';

/** Throws `DoesNotFit` where so many bytes are too many. */
export type MustFit = (bytes: number) => void;

/** Reads a store whole, as long as what is made of it fits. */
export async function loadCopy(feed: ReplicaFeed, mustFit: MustFit): Promise<Copy> {
  const { head, columns, types } = await feed.load((loading) => read(loading, mustFit));
  // The store's state is not held while this is made of it.
  const base = await buildBase(head.revision, columns, types.tell);
  return {
    generation: { base, overlay: new Overlay(base) },
    numbers: new NameTable(Math.max(leastNames, Math.floor(base.size / rowsPerName))),
    position: positionOf(head),
    activeModel: head.activeModel,
    ...{ named: undefined, atHand: undefined, sinceMerge: undefined },
  };
}

async function read(loading: Loading, mustFit: MustFit) {
  const columns = new EdgeList();
  const types = new TypeList();
  for await (const edges of loading.edges()) {
    for (const edge of edges) columns.add(edge);
    mustFit(bytesToBuild(columns));
  }
  for await (const page of loading.objectTypes()) {
    types.add(page);
    mustFit(bytesToBuild(columns) + types.bytes);
  }
  return { head: loading.head, columns, types };
}

/** Of as many relationships, one object's number is kept twice. */
const rowsPerName = 32;
const leastNames = 1000;
