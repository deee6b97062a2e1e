import type { RelationName } from '../../model/names.ts';
import type { Edge, EdgeSource, NodeId } from '../ports.ts';

/** Edges by where they start. A source that was never loaded is not the same as one without edges. */
export class EdgeTable {
  readonly #edges = new Map<NodeId, Map<RelationName, Edge[]>>();
  #most = 0;

  /** How many edges the source has that has most. */
  get most(): number {
    return this.#most;
  }

  /** The edges of a loaded source, or undefined when nobody loaded it. */
  get({ object, relation }: EdgeSource): readonly Edge[] | undefined {
    return this.at(object, relation);
  }

  /** The same, of a source that nobody made an object for. */
  at(object: NodeId, relation: RelationName): readonly Edge[] | undefined {
    return this.#edges.get(object)?.get(relation);
  }

  /** Notes that a source is loaded, so far without edges; false when it already was. */
  open({ object, relation }: EdgeSource): boolean {
    let ofObject = this.#edges.get(object);
    if (ofObject === undefined) {
      ofObject = new Map();
      this.#edges.set(object, ofObject);
    }
    if (ofObject.has(relation)) return false;
    ofObject.set(relation, []);
    return true;
  }

  add(edge: Edge): void {
    this.open(edge);
    const count = this.#edges.get(edge.object)?.get(edge.relation)?.push(edge) ?? 0;
    if (count > this.#most) this.#most = count;
  }
}
