import type { EdgeAnswer, EdgeQuery, SearchableReader, SearchableSnapshot } from '../src/engine/ports.ts';

/** What the engine asked its reader for, and what came back. */
export interface EdgeCount {
  /** Sources, probes, subjects and nodes that were asked for. */
  lookups: number;
  rows: number;
}

/** The same reader; adds everything that is read through it to `count`. */
export function countingReader(reader: SearchableReader, count: EdgeCount): SearchableReader {
  return {
    withSnapshot: (objects, use, options) =>
      reader.withSnapshot(objects, (snapshot) => use(countingSnapshot(snapshot, count)), options),
  };
}

function countingSnapshot(snapshot: SearchableSnapshot, count: EdgeCount): SearchableSnapshot {
  const add = async <Found>(lookups: number, found: Promise<Found>, rowsOf: (found: Found) => number) => {
    const answer = await found;
    count.lookups += lookups;
    count.rows += rowsOf(answer);
    return answer;
  };
  return {
    now: snapshot.now,
    revision: snapshot.revision,
    prepared: snapshot.prepared,
    meter: snapshot.meter,
    resolve: (objects) => snapshot.resolve(objects),
    readEdges: (query) => add(sizeOf(query), snapshot.readEdges(query), sizeOf),
    readObjects: (type, after, limit) => add(1, snapshot.readObjects(type, after, limit), lengthOf),
    readEdgesFrom: (sources, limit) => add(sources.length, snapshot.readEdgesFrom(sources, limit), lengthOf),
    readEdgesTo: (query, limit) => {
      const { objects, sets, wildcards } = query;
      return add(objects.length + sets.length + wildcards.length, snapshot.readEdgesTo(query, limit), lengthOf);
    },
    readNames: (nodes) => add(nodes.length, snapshot.readNames(nodes), ({ size }) => size),
    readSubjects: (query, after, limit) =>
      add(query.sources.length, snapshot.readSubjects(query, after, limit), lengthOf),
    readOrigins: (edges) => add(edges.length, snapshot.readOrigins(edges), lengthOf),
  };
}

function sizeOf({ direct, sets, objects }: EdgeQuery | EdgeAnswer): number {
  return direct.length + sets.length + objects.length;
}

function lengthOf(list: readonly unknown[]): number {
  return list.length;
}
