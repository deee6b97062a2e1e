import { zip } from '../../base/zip.ts';
import type { NodeId } from '../../engine/ports.ts';
import type { ObjectId, TypeName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { bytesOfText } from './bytes-of-text.ts';

type Names = Map<TypeName, Map<ObjectId, NodeId>>;

/**
 * The numbers of those objects that were asked for lately. An object has one number for ever, so nothing here is ever wrong; that
 * one has none is not kept, since that changes.
 */
export class NameTable {
  readonly #capacity: number;
  #young: Names = new Map();
  #old: Names = new Map();
  #youngSize = 0;
  #youngBytes = 0;
  #oldBytes = 0;

  /** At most twice as many as `capacity`: where so many were asked for, those that were not asked for before that are forgotten. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  find(object: ObjectRef): NodeId | undefined {
    const { type, id } = object;
    const young = this.#young.get(type)?.get(id);
    if (young !== undefined) return young;
    const old = this.#old.get(type)?.get(id);
    if (old !== undefined) this.add(object, old);
    return old;
  }

  add({ type, id }: ObjectRef, node: NodeId): void {
    if (this.#youngSize >= this.#capacity) {
      this.#old = this.#young;
      this.#oldBytes = this.#youngBytes;
      this.#young = new Map();
      this.#youngSize = 0;
      this.#youngBytes = 0;
    }
    const ofType = this.#young.get(type) ?? new Map<ObjectId, NodeId>();
    this.#young.set(type, ofType);
    if (!ofType.has(id)) {
      this.#youngSize += 1;
      this.#youngBytes += bytesOfText(id);
    }
    ofType.set(id, node);
  }

  /** The numbers of those objects that have one; in their order. */
  learn(objects: readonly ObjectRef[], nodes: readonly (NodeId | undefined)[]): void {
    for (const [object, node] of zip(objects, nodes)) if (node !== undefined) this.add(object, node);
  }

  get bytes(): number {
    return this.#youngBytes + this.#oldBytes;
  }
}
