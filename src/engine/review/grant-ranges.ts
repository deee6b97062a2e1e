import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import type { Relation } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { rolesOf } from '../../model/roles.ts';
import { Edges } from '../check/edges.ts';
import type { Edge, EdgeOrigin, NodeId, ReviewableSnapshot } from '../ports.ts';
import { findGrantGraph, type GrantNode } from './grant-graph.ts';
import { findPaths, type GrantPath } from './grant-paths.ts';
import { GrantPlan } from './grant-plan.ts';

/** A role on an object, and one path to a relation that holders of it are written for. */
export interface RoleRange {
  readonly object: ObjectRef;
  readonly node: NodeId;
  readonly role: Relation;
  readonly path: GrantPath;
}

/** Finds where the holders of roles are written; what was read for one object is known for all. */
export class GrantRanges {
  readonly #snapshot: ReviewableSnapshot;
  readonly #plan: GrantPlan;
  readonly #edges: Edges;
  readonly #origins = new Map<Edge, EdgeOrigin>();

  constructor(snapshot: ReviewableSnapshot) {
    this.#snapshot = snapshot;
    this.#plan = new GrantPlan(snapshot.prepared.model);
    // What is to begin is reviewed as well.
    this.#edges = Edges.ofStored(snapshot.asIfBegun());
  }

  /** In the order of the objects, of their roles and of the paths; undefined when there are more than `limit` sources. */
  async find(
    objects: readonly ObjectRef[],
    wanted: string | undefined,
    limit: number,
  ): Promise<readonly RoleRange[] | undefined> {
    const { model } = this.#snapshot.prepared;
    const nodes = await this.#edges.nodes.resolve(objects);
    const roles = zip(objects, nodes).flatMap(([object, node]) => {
      const type = model.types.get(object.type);
      if (type === undefined) return [];
      return rolesOf(model, type)
        .filter(({ name }) => wanted === undefined || name === wanted)
        .map((role) => ({ object, node, role }));
    });
    const roots = roles.map(({ node, role }) => ({ node, stage: this.#plan.stageOf(role) }));
    const starts = await findGrantGraph(this.#plan, this.#edges, roots, limit);
    if (starts === undefined) return undefined;
    await this.#loadOrigins(starts);
    return zip(roles, starts).flatMap(([role, start]) => {
      // An object that no relationship names holds nothing; the store does not know it.
      const paths = findPaths(start, this.#snapshot.now, (edge) => this.originOf(edge)).filter(
        ({ to }) => to.node >= 0,
      );
      return paths.map((path) => ({ ...role, path }));
    });
  }

  originOf(edge: Edge): EdgeOrigin {
    const origin = this.#origins.get(edge);
    invariant(origin !== undefined, 'the origin of a relationship is read before it is used');
    return origin;
  }

  async #loadOrigins(starts: readonly GrantNode[]): Promise<void> {
    const reached = new Set(starts);
    const edges = new Set<Edge>();
    for (const { arcs } of reached) {
      for (const { next, edge } of arcs) {
        reached.add(next);
        if (edge !== undefined && !this.#origins.has(edge)) edges.add(edge);
      }
    }
    if (edges.size === 0) return;
    const list = [...edges];
    const origins = await this.#snapshot.readOrigins(list);
    for (const [edge, origin] of zip(list, origins)) {
      if (origin !== undefined) this.#origins.set(edge, origin);
    }
  }
}
