import type { RelationName, TypeName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { EdgeSource, NodeId, ReviewableSnapshot } from '../ports.ts';
import { compareObjects, findContainedObjects } from './find-contained-objects.ts';
import { GrantRanges, type RoleRange } from './grant-ranges.ts';

export interface NamedWithin {
  /** What belongs to the object, itself included, and whoever holds a role there: in byte order of their ids. */
  readonly objects: readonly ObjectRef[];
  /** Those of them that hold a role, or whose sets do: a review names them. */
  readonly holders: ReadonlySet<string>;
  /** False when there may be more. */
  readonly isComplete: boolean;
}

/** Relationships that are followed to find what belongs to the object, and objects whose roles are looked at. */
const maxContained = 20_000;
const maxObjects = 1_000;
/** Objects whose roles are followed together, the relations that they may come from, and subjects of those. */
const objectsAtOnce = 50;
const maxSources = 20_000;
const maxSubjects = 10_000;

/** The objects of a type that a review of everything that belongs to an object could name. */
export async function findNamedWithin(
  snapshot: ReviewableSnapshot,
  container: ObjectRef,
  type: TypeName,
): Promise<NamedWithin> {
  const contained = await findContainedObjects(snapshot, container, maxContained);
  const reviewed = contained.objects.slice(0, maxObjects);
  const { nodes, isComplete } = await findHolders(snapshot, reviewed, type);
  const names = await snapshot.readNames([...nodes]);
  const holders = [...names.values()].filter((object) => object.type === type);
  const found = new Map(
    [...contained.objects.filter((object) => object.type === type), ...holders].map((one) => [
      formatObjectRef(one),
      one,
    ]),
  );
  return {
    objects: [...found.values()].toSorted(compareObjects),
    holders: new Set(holders.map(formatObjectRef)),
    isComplete: contained.isComplete && reviewed.length === contained.objects.length && isComplete,
  };
}

/** Of these objects, those that a review has an entry of: somebody holds a role there, wherever it comes from. */
export async function findReviewed(
  snapshot: ReviewableSnapshot,
  objects: readonly ObjectRef[],
): Promise<ReadonlySet<string>> {
  const reviewed = new Set<string>();
  const reader = new GrantRanges(snapshot);
  for (let start = 0; start < objects.length; start += objectsAtOnce) {
    const ranges = await reader.find(objects.slice(start, start + objectsAtOnce), undefined, maxSources);
    const sources = sourcesOf(ranges ?? []);
    const edges = await snapshot.asIfBegun().readEdgesFrom(sources, maxSubjects);
    const held = new Map<NodeId, Set<RelationName>>();
    for (const { object, relation, subject } of edges.items) {
      if (subject.kind !== 'set') held.set(object, (held.get(object) ?? new Set()).add(relation));
    }
    for (const { object, path } of ranges ?? []) {
      if (held.get(path.to.node)?.has(path.to.stage.relation.name)) reviewed.add(formatObjectRef(object));
    }
  }
  return reviewed;
}

/** The nodes of that type that hold roles of these objects, now or later as in a review, and those whose sets do. */
async function findHolders(snapshot: ReviewableSnapshot, objects: readonly ObjectRef[], type: TypeName) {
  const reader = new GrantRanges(snapshot);
  const nodes = new Set<NodeId>();
  let isComplete = true;
  for (let start = 0; start < objects.length; start += objectsAtOnce) {
    const found = await reader.find(objects.slice(start, start + objectsAtOnce), undefined, maxSources);
    if (found === undefined) isComplete = false;
    const limit = maxSubjects - nodes.size;
    if (limit <= 0) return { nodes, isComplete: false };
    const sources = sourcesOf(found ?? []);
    const query = { sources, type, relation: undefined };
    const subjects = sources.length === 0 ? [] : await snapshot.asIfBegun().readSubjects(query, 0, limit);
    if (subjects.length === limit) isComplete = false;
    for (const node of [...subjects, ...setsOf(found ?? [], type)]) nodes.add(node);
  }
  return { nodes, isComplete };
}

/** Whose sets lead to holders. */
function setsOf(ranges: readonly RoleRange[], type: TypeName): readonly NodeId[] {
  return ranges.flatMap(({ path }) =>
    path.edges.flatMap(({ subject }) => (subject.kind === 'set' && subject.type === type ? [subject.node] : [])),
  );
}

/** Where holders are written, each once. */
function sourcesOf(ranges: readonly RoleRange[]): readonly EdgeSource[] {
  const relations = new Map<NodeId, Set<RelationName>>();
  for (const { path } of ranges) {
    const { node, stage } = path.to;
    relations.set(node, (relations.get(node) ?? new Set()).add(stage.relation.name));
  }
  return [...relations].flatMap(([object, names]) => [...names].map((relation) => ({ object, relation })));
}
