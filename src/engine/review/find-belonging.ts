import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import { containmentOf } from '../../model/containment.ts';
import type { Relation } from '../../model/model.ts';
import type { RelationName, TypeName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { NodeId, Snapshot } from '../ports.ts';
import { countsNow } from './counts-now.ts';

/** A relationship by which something belonged to an object, up to the revision that took it away. */
export interface FormerLink {
  readonly object: ObjectRef;
  readonly relation: RelationName;
  readonly parent: ObjectRef;
  readonly until: number;
}

/** Objects that are looked at on the way up. */
const maxAbove = 5_000;

const tooMany = problem(
  'RESOLUTION_TOO_COMPLEX',
  `What the changed objects belong to is more than ${maxAbove} objects. Next: follow the objects one by one, without what belongs to them.`,
);

/**
 * Tells of some objects whether they belong to the container, or are it: those that `findContainedObjects` finds from above, and whatever
 * would have belonged at a revision by links that were taken away since. It looks upwards from the objects, so it costs as much as
 * they are deep, and not as much as the container holds.
 */
export async function findBelonging(
  snapshot: Snapshot,
  container: ObjectRef,
  objects: readonly ObjectRef[],
  former: readonly FormerLink[],
): Promise<Result<(object: ObjectRef, revision: number) => boolean, Problem>> {
  const [root] = await snapshot.resolve([container]);
  const starts = await named(snapshot, [...objects, ...former.map(({ parent }) => parent)]);
  const links = await linksAbove(snapshot, starts);
  if (links === undefined) return failed(tooMany);
  const relations = containmentOf(snapshot.prepared.model);
  for (const { object, relation, parent, until } of former) {
    const [child, above] = [starts.get(formatObjectRef(object)), starts.get(formatObjectRef(parent))];
    const isLink = relations.some(({ type, name }) => type === object.type && name === relation);
    if (isLink && child !== undefined && above !== undefined) add(links, child.node, { node: above.node, until });
  }
  return ok((object, revision) => {
    const start = starts.get(formatObjectRef(object));
    return start !== undefined && root !== undefined && leadsTo(links, start.node, root, revision);
  });
}

interface Placed {
  readonly node: NodeId;
  readonly type: TypeName;
}

interface Link {
  readonly node: NodeId;
  /** The last revision in which it was there; infinite for one that still is. */
  readonly until: number;
}

type Links = Map<NodeId, Link[]>;

async function named(snapshot: Snapshot, objects: readonly ObjectRef[]): Promise<ReadonlyMap<string, Placed>> {
  const distinct = [...new Map(objects.map((object) => [formatObjectRef(object), object]))];
  const nodes = await snapshot.resolve(distinct.map(([, object]) => object));
  return new Map(
    zip(distinct, nodes).flatMap(([[text, { type }], node]) =>
      node === undefined ? [] : [[text, { node, type }] as const],
    ),
  );
}

/** Level by level: what the objects belong to, what that belongs to, and so on. Undefined where it is too much. */
async function linksAbove(snapshot: Snapshot, starts: ReadonlyMap<string, Placed>): Promise<Links | undefined> {
  const ofType = Map.groupBy(containmentOf(snapshot.prepared.model), ({ type }) => type);
  const links: Links = new Map();
  const seen = new Set<NodeId>();
  let level = [...starts.values()];
  while (level.length > 0) {
    const open = level.filter(({ node }) => !seen.has(node));
    for (const { node } of open) seen.add(node);
    if (seen.size > maxAbove) return undefined;
    level = await parentsOf(snapshot, open, ofType, links);
  }
  return links;
}

async function parentsOf(
  snapshot: Snapshot,
  open: readonly Placed[],
  ofType: ReadonlyMap<TypeName, readonly Relation[]>,
  links: Links,
): Promise<Placed[]> {
  const types = new Map(open.map(({ node, type }) => [node, type]));
  const sources = open.flatMap(({ node, type }) =>
    (ofType.get(type) ?? []).map(({ name }) => ({ object: node, relation: name })),
  );
  if (sources.length === 0) return [];
  const { objects } = await snapshot.readEdges({ direct: [], sets: [], objects: sources });
  snapshot.meter.charge(objects.length);
  return objects.flatMap((edge) => {
    const relation = ofType.get(types.get(edge.object) as TypeName)?.find(({ name }) => name === edge.relation);
    if (edge.subject.kind !== 'object' || countsNow(snapshot, relation, edge) !== true) return [];
    add(links, edge.object, { node: edge.subject.node, until: Number.POSITIVE_INFINITY });
    return [{ node: edge.subject.node, type: edge.subject.type }];
  });
}

function add(links: Links, child: NodeId, link: Link): void {
  const known = links.get(child) ?? [];
  links.set(child, known);
  known.push(link);
}

/** Whether one goes up from the object to the container by links that were there at the revision. */
function leadsTo(links: Links, start: NodeId, container: NodeId, revision: number): boolean {
  const reached = new Set([start]);
  for (const node of reached) {
    if (node === container) return true;
    for (const { node: above, until } of links.get(node) ?? []) if (until >= revision) reached.add(above);
  }
  return false;
}
