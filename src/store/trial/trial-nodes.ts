import type { NodeId, Snapshot } from '../../engine/ports.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { firstSetSubject } from '../packed-subject.ts';

/** Above every number that a store gives to an object. */
const firstOwn = firstSetSubject;

/** Nodes of the objects that a trial names: those of the state, and its own for what nothing named before. */
export class TrialNodes {
  readonly #base: Pick<Snapshot, 'resolve'>;
  readonly #own = new Map<string, NodeId>();
  readonly #objects = new Map<NodeId, ObjectRef>();

  constructor(base: Pick<Snapshot, 'resolve'>) {
    this.#base = base;
  }

  /** Of objects that are written: each has a node from now on. */
  async give(objects: readonly ObjectRef[]): Promise<readonly NodeId[]> {
    const known = await this.#base.resolve(objects);
    return objects.map((object, index) => known[index] ?? this.#give(object));
  }

  /** Of objects that somebody asks about. */
  async resolve(objects: readonly ObjectRef[]): Promise<readonly (NodeId | undefined)[]> {
    const known = await this.#base.resolve(objects);
    return objects.map((object, index) => known[index] ?? this.#own.get(formatObjectRef(object)));
  }

  /** The objects of the trial's own nodes. */
  ownObjects(): Iterable<readonly [NodeId, ObjectRef]> {
    return this.#objects;
  }

  /** Whether a node is one of the state, and none of the trial's own. */
  isStored(node: NodeId): boolean {
    return !this.#objects.has(node);
  }

  ownObjectOf(node: NodeId): ObjectRef | undefined {
    return this.#objects.get(node);
  }

  #give(object: ObjectRef): NodeId {
    const text = formatObjectRef(object);
    const node = this.#own.get(text) ?? firstOwn + this.#own.size;
    this.#own.set(text, node);
    this.#objects.set(node, object);
    return node;
  }
}
