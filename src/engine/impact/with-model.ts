import type { SearchableReader, SearchableSnapshot } from '../ports.ts';
import type { PreparedModel } from '../prepared-model.ts';

/** The same relationships, asked as if another model with the same names were active. */
export function withModel(reader: SearchableReader, prepared: PreparedModel): SearchableReader {
  return {
    withSnapshot: (objects, use, options) =>
      reader.withSnapshot(objects, (snapshot) => use(underModel(snapshot, prepared)), options),
  };
}

/** The same state, asked as if another model were active. */
export function underModel(snapshot: SearchableSnapshot, prepared: PreparedModel): SearchableSnapshot {
  return {
    now: snapshot.now,
    identity: snapshot.identity,
    revision: snapshot.revision,
    mark: snapshot.mark,
    ageMs: snapshot.ageMs,
    prepared,
    meter: snapshot.meter,
    resolve: (objects) => snapshot.resolve(objects),
    readEdges: (query) => snapshot.readEdges(query),
    // It would be one under the model of the snapshot.
    readExcerpt: async () => undefined,
    readObjects: (type, after, limit) => snapshot.readObjects(type, after, limit),
    readEdgesFrom: (sources, limit) => snapshot.readEdgesFrom(sources, limit),
    readEdgesTo: (query, limit) => snapshot.readEdgesTo(query, limit),
    readNames: (nodes) => snapshot.readNames(nodes),
    readSubjects: (query, after, limit) => snapshot.readSubjects(query, after, limit),
    readOrigins: (edges) => snapshot.readOrigins(edges),
  };
}
