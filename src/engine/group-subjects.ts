import { canonicalJson } from '../base/canonical-json.ts';
import type { Relation } from '../model/model.ts';
import type { TypeName } from '../model/names.ts';
import { Edges } from './edges.ts';
import { findSources } from './find-sources.ts';
import type { Edge, EdgeSource, NodeId, SearchableSnapshot } from './ports.ts';

/** A relation, and the snapshot under whose model it is asked. */
export interface Target {
  readonly snapshot: SearchableSnapshot;
  readonly relation: Relation;
}

/** Plain subjects that no decision about one object can tell apart. */
export interface SubjectGroup {
  readonly type: TypeName;
  readonly members: readonly [NodeId, ...NodeId[]];
}

const maxSources = 20_000;
const maxEdges = 50_000;

/**
 * For each object: every plain subject that is written for anything that any of the targets is computed from on it, in
 * groups. Undefined when that is too much to be looked at together.
 *
 * A decision sees a plain subject only where it is written itself. So those of one type that are written in the same
 * places, with the same conditions, get the same decision, and to check one of a group is to check them all. Whoever is
 * in no group is written nowhere, and gets the decision of anybody who is written nowhere.
 */
export async function groupSubjects(
  targets: readonly Target[],
  objects: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, readonly SubjectGroup[]> | undefined> {
  const [first] = targets;
  const sources = await findSourcesOfEach(targets, objects);
  if (first === undefined || sources === undefined) return undefined;
  const distinct = new PlaceTable<EdgeSource>();
  for (const ofObject of sources.values()) for (const source of ofObject) distinct.set(source, source);
  const edges = await first.snapshot.readEdgesFrom([...distinct.values()], maxEdges);
  if (edges.length === maxEdges) return undefined;
  const written = placesOf(edges);
  return new Map(objects.map((object) => [object, groupsOf(sources.get(object) ?? [], written)]));
}

async function findSourcesOfEach(
  targets: readonly Target[],
  objects: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, readonly EdgeSource[]> | undefined> {
  const found = new Map(objects.map((object) => [object, new PlaceTable<EdgeSource>()]));
  for (const { snapshot, relation } of targets) {
    const edges = Edges.ofStored(snapshot);
    // Together first: that reads the edges of all objects level by level, so that none is read for one object alone.
    if ((await findSources(snapshot, edges, objects, relation, maxSources)) === undefined) return undefined;
    for (const [object, places] of found) {
      for (const source of (await findSources(snapshot, edges, [object], relation, maxSources)) ?? []) {
        const place = { object: source.node, relation: source.relation.name };
        places.set(place, place);
      }
    }
  }
  return new Map([...found].map(([object, places]) => [object, [...places.values()]]));
}

/** A plain subject at a source, and a number that it shares with those that are written there in the same way. */
interface Place {
  readonly subject: NodeId;
  readonly type: TypeName;
  readonly way: number;
}

function placesOf(edges: readonly Edge[]): PlaceTable<readonly Place[]> {
  const ways = new Map<string, number>();
  const places = new PlaceTable<Place[]>();
  for (const edge of edges) {
    const { object, relation, subject, condition } = edge;
    if (subject.kind !== 'object') continue;
    const text = canonicalJson([object, relation, condition && [condition.name, [...condition.context].toSorted()]]);
    const way = ways.get(text) ?? ways.size;
    ways.set(text, way);
    const known = places.get(edge) ?? [];
    known.push({ subject: subject.node, type: subject.type, way });
    places.set(edge, known);
  }
  return places;
}

function groupsOf(sources: readonly EdgeSource[], written: PlaceTable<readonly Place[]>): readonly SubjectGroup[] {
  const ways = new Map<NodeId, { readonly type: TypeName; readonly ways: number[] }>();
  for (const source of sources) {
    for (const { subject, type, way } of written.get(source) ?? []) {
      const known = ways.get(subject) ?? { type, ways: [] };
      known.ways.push(way);
      ways.set(subject, known);
    }
  }
  // Subjects are read in the order of the sources, so the same ways stand in the same order.
  const groups = Map.groupBy(ways, ([, one]) => `${one.ways.join(' ')} ${one.type}`);
  return [...groups.values()].flatMap(([head, ...rest]) =>
    head === undefined ? [] : { type: head[1].type, members: [head[0], ...rest.map(([node]) => node)] as const },
  );
}

/** Values by relation of an object. */
class PlaceTable<Value> {
  readonly #places = new Map<string, Map<NodeId, Value>>();

  get({ object, relation }: EdgeSource): Value | undefined {
    return this.#places.get(relation)?.get(object);
  }

  set({ object, relation }: EdgeSource, value: Value): void {
    const ofRelation = this.#places.get(relation) ?? new Map<NodeId, Value>();
    this.#places.set(relation, ofRelation.set(object, value));
  }

  *values(): Iterable<Value> {
    for (const ofRelation of this.#places.values()) yield* ofRelation.values();
  }
}
