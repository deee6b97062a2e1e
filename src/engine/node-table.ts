import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import type { NodeId, Snapshot } from './ports.ts';

/**
 * The nodes of the objects that a question names.
 *
 * An object that no stored relationship names has no node in the store, but may have contextual relationships: it gets
 * a node of its own below zero, where the store has none.
 */
export class NodeTable {
  readonly #snapshot: Snapshot;
  readonly #own = new Map<string, NodeId>();
  readonly #ownObjects = new Map<NodeId, ObjectRef>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  nodeOf(object: ObjectRef): NodeId {
    const stored = this.#snapshot.nodeOf(object);
    if (stored !== undefined) return stored;
    // The two parts of a reference cannot contain ":", so its text stands for one object only.
    const text = formatObjectRef(object);
    const own = this.#own.get(text) ?? -1 - this.#own.size;
    this.#own.set(text, own);
    this.#ownObjects.set(own, object);
    return own;
  }

  /** The object of a node that this table made up; the store names the others. */
  ownObjectOf(node: NodeId): ObjectRef | undefined {
    return this.#ownObjects.get(node);
  }
}
