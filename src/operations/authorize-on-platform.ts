import { failed, ok, type Result } from '../base/result.ts';
import { zip } from '../base/zip.ts';
import { Edges } from '../engine/check/edges.ts';
import { findSources } from '../engine/lists/find-sources.ts';
import type { NodeId } from '../engine/ports.ts';
import { findContributions } from '../model/find-contributions.ts';
import { permissionsOf, type Relation } from '../model/model.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../model/object-ref.ts';
import { problem } from '../model/problem.ts';
import type { Relationship } from '../model/relationship.ts';
import type { DecidingSnapshot } from '../store/deciding-snapshot.ts';
import type { AuditedActor } from './audited-actor.ts';
import { authorizeRead, grantPermission } from './authorize.ts';
import type { Postern } from './postern.ts';
import type { Refusal } from './refusal.ts';

/**
 * Whoever may write any relationship could make itself an operator with one. So what is written on the platform object
 * itself needs the right to grant it besides; and as well what is written where the platform's permissions come from: in the
 * sets that hold a role of it, in the sets in those, and on what it belongs to; also where that begins later.
 */
export async function authorizeOnPlatform(
  { platform }: Postern,
  audited: AuditedActor,
  snapshot: DecidingSnapshot,
  relationships: readonly Relationship[],
): Promise<Result<undefined, Refusal>> {
  if (audited.actor.kind === 'console') return ok(undefined);
  const places = await findPlaces(snapshot, platform);
  if (places === undefined) return failed({ kind: 'undecided', problem: tooManyPlaces });
  const rights = new Map<string, Relationship>();
  const nodes = await snapshot.resolve(relationships.map(({ object }) => object));
  for (const [one, node] of zip(relationships, nodes)) {
    const isPlace = node !== undefined && places.get(node)?.has(one.relation) === true;
    if (isPlace || isSameObject(one.object, platform)) {
      rights.set(JSON.stringify([formatObjectRef(one.object), one.relation]), one);
    }
  }
  for (const { object, relation } of rights.values()) {
    const needed = grantPermission(snapshot.prepared.model, object, relation);
    const granted = await authorizeRead(snapshot, audited, needed, object);
    if (!granted.ok) return granted;
  }
  return ok(undefined);
}

const maxPlaces = 20_000;

const tooManyPlaces = problem(
  'RESOLUTION_TOO_COMPLEX',
  `The permissions on the platform come from more than ${maxPlaces} relations of other objects.`,
);

/** The relations of other objects that permissions on the platform depend on; undefined when there are too many. */
async function findPlaces(
  snapshot: DecidingSnapshot,
  platform: ObjectRef,
): Promise<ReadonlyMap<NodeId, ReadonlySet<string>> | undefined> {
  const { model } = snapshot.prepared;
  const type = model.types.get(platform.type);
  const places = new Map<NodeId, Set<string>>();
  const add = (node: NodeId, { name }: Relation) => places.set(node, (places.get(node) ?? new Set()).add(name));
  const edges = Edges.ofStored(snapshot.asIfBegun());
  const start = await edges.nodes.resolve([platform]);
  for (const permission of type === undefined ? [] : permissionsOf(type)) {
    const sources = await findSources(snapshot, edges, start, permission, maxPlaces);
    if (sources === undefined) return undefined;
    const rules = Map.groupBy(findContributions(model, [permission], 'all').contributions, ({ to }) => to);
    for (const { node, relation } of sources) {
      add(node, relation);
      for (const rule of rules.get(relation) ?? []) if (rule.kind === 'from') add(node, rule.through);
    }
  }
  return places;
}
