import { canonicalJson } from '../../base/canonical-json.ts';
import type { Relation } from '../../model/model.ts';
import type { TypeName } from '../../model/names.ts';
import { Edges } from '../check/edges.ts';
import { findSources } from '../lists/find-sources.ts';
import type { Edge, EdgeSource, NodeId, SearchableSnapshot } from '../ports.ts';

/** A relation, and the snapshot, of a state and under a model, that it is asked of. */
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
 * For each object: every plain subject that is written, in any of the states, for anything that any of the targets is computed from
 * on it, in groups. Undefined when that is too much to be looked at together.
 *
 * A decision sees a plain subject only where it is written itself. So those of one type that are written in the same
 * places, with the same conditions, get the same decision, and to check one of a group is to check them all. Whoever is
 * in no group is written nowhere, and gets the decision of anybody who is written nowhere.
 */
export async function groupSubjects(
  targets: readonly Target[],
  states: readonly SearchableSnapshot[],
  objects: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, readonly SubjectGroup[]> | undefined> {
  const sources = await findSourcesOfEach(targets, objects);
  if (sources === undefined) return undefined;
  const distinct = new SourceTable<EdgeSource>();
  for (const ofObject of sources.values()) for (const source of ofObject) distinct.set(source, source);
  const edges: (readonly Edge[])[] = [];
  for (const state of states) {
    const read = await state.readEdgesFrom([...distinct.values()], maxEdges);
    if (!read.isWhole) return undefined;
    edges.push(read.items);
  }
  const written = writtenAt(edges);
  return new Map(objects.map((object) => [object, groupsOf(sources.get(object) ?? [], written)]));
}

async function findSourcesOfEach(
  targets: readonly Target[],
  objects: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, readonly EdgeSource[]> | undefined> {
  const found = new Map(objects.map((object) => [object, new SourceTable<EdgeSource>()]));
  for (const { snapshot, relation } of targets) {
    const edges = Edges.ofStored(snapshot);
    // Together first: that reads the edges of all objects level by level, so that none is read for one object alone.
    if ((await findSources(snapshot, edges, objects, relation, maxSources)) === undefined) return undefined;
    for (const [object, sources] of found) {
      for (const source of (await findSources(snapshot, edges, [object], relation, maxSources)) ?? []) {
        const at = { object: source.node, relation: source.relation.name };
        sources.set(at, at);
      }
    }
  }
  return new Map([...found].map(([object, sources]) => [object, [...sources.values()]]));
}

/** A plain subject at a source, and a number that it shares with those that are written there alike. */
interface WrittenSubject {
  readonly subject: NodeId;
  readonly type: TypeName;
  readonly pattern: number;
}

/** Those that are written alike are so in each of the states. */
function writtenAt(states: readonly (readonly Edge[])[]): SourceTable<readonly WrittenSubject[]> {
  const patterns = new Map<string, number>();
  const written = new SourceTable<WrittenSubject[]>();
  for (const [edge, state] of states.flatMap((edges, state) => edges.map((edge) => [edge, state] as const))) {
    const { object, relation, subject, condition } = edge;
    if (subject.kind !== 'object') continue;
    const when = condition && [condition.name, [...condition.context].toSorted()];
    const text = canonicalJson([state, object, relation, when]);
    const pattern = patterns.get(text) ?? patterns.size;
    patterns.set(text, pattern);
    const known = written.get(edge) ?? [];
    known.push({ subject: subject.node, type: subject.type, pattern });
    written.set(edge, known);
  }
  return written;
}

function groupsOf(
  sources: readonly EdgeSource[],
  written: SourceTable<readonly WrittenSubject[]>,
): readonly SubjectGroup[] {
  const patterns = new Map<NodeId, { readonly type: TypeName; readonly patterns: number[] }>();
  for (const source of sources) {
    for (const { subject, type, pattern } of written.get(source) ?? []) {
      const known = patterns.get(subject) ?? { type, patterns: [] };
      known.patterns.push(pattern);
      patterns.set(subject, known);
    }
  }
  // Subjects are read in the order of the sources, so the same patterns stand in the same order.
  const groups = Map.groupBy(patterns, ([, one]) => `${one.patterns.join(' ')} ${one.type}`);
  return [...groups.values()].flatMap(([head, ...rest]) =>
    head === undefined ? [] : { type: head[1].type, members: [head[0], ...rest.map(([node]) => node)] as const },
  );
}

/** Values by relation of an object. */
class SourceTable<Value> {
  readonly #values = new Map<string, Map<NodeId, Value>>();

  get({ object, relation }: EdgeSource): Value | undefined {
    return this.#values.get(relation)?.get(object);
  }

  set({ object, relation }: EdgeSource, value: Value): void {
    const ofRelation = this.#values.get(relation) ?? new Map<NodeId, Value>();
    this.#values.set(relation, ofRelation.set(object, value));
  }

  *values(): Iterable<Value> {
    for (const ofRelation of this.#values.values()) yield* ofRelation.values();
  }
}
