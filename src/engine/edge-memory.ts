import type { ObjectRef } from '../model/object-ref.ts';
import { Edges } from './edges.ts';
import { NodeTable } from './node-table.ts';
import type { Edge, EdgeAnswer, EdgeQuery, Snapshot } from './ports.ts';

/** The edges of a snapshot, each read once, for questions that are asked again as if some edge were not there. */
export class EdgeMemory {
  readonly #snapshot: Snapshot;
  readonly #edges: Edges;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#edges = new Edges(snapshot, new NodeTable(snapshot), []);
  }

  /** The same state without this edge; the whole state without one. */
  without(missing: Edge | undefined): Snapshot {
    const { now, revision, prepared, meter } = this.#snapshot;
    return {
      ...{ now, revision, prepared, meter },
      nodeOf: (object: ObjectRef) => this.#snapshot.nodeOf(object),
      readEdges: async (query) => {
        await this.#edges.load({ direct: [...query.direct], sets: [...query.sets], objects: [...query.objects] });
        return this.#known(query, missing);
      },
    };
  }

  #known({ direct, sets, objects }: EdgeQuery, missing: Edge | undefined): EdgeAnswer {
    const kept = (edges: readonly Edge[]) =>
      missing === undefined ? edges : edges.filter((edge) => !isSameEdge(edge, missing));
    return {
      // A wildcard's edge answers many probes, and is one edge.
      direct: kept([...new Set(direct.flatMap((probe) => this.#edges.direct(probe)))]),
      sets: kept(sets.flatMap((source) => this.#edges.sets(source))),
      objects: kept(objects.flatMap((source) => this.#edges.objects(source))),
    };
  }
}

/** Whether both are the relationship of one object, relation and subject: the store keeps no second one. */
function isSameEdge(left: Edge, right: Edge): boolean {
  if (left.object !== right.object || left.relation !== right.relation) return false;
  const [one, other] = [left.subject, right.subject];
  if (one.type !== other.type) return false;
  if (one.kind === 'wildcard' || other.kind === 'wildcard') return one.kind === other.kind;
  if (one.node !== other.node || one.kind !== other.kind) return false;
  return one.kind !== 'set' || other.kind !== 'set' || one.relation === other.relation;
}
