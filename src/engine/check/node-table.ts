import { invariant } from '../../base/invariant.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { NodeId, Snapshot } from '../ports.ts';

/** What a check or a relationship is about. */
interface Ended {
  readonly object: ObjectRef;
  readonly subject: SubjectRef;
}

export interface Ends {
  readonly object: NodeId;
  /** The node of the subject's object; undefined for a wildcard. */
  readonly subject: NodeId | undefined;
}

/**
 * The nodes of the objects that a question names.
 *
 * An object that no stored relationship names has no node in the store, but may have contextual relationships: it gets
 * a node of its own below zero, where the store has none.
 */
export class NodeTable {
  readonly #snapshot: Snapshot;
  /** By what was asked, because the checks of a page share their objects. */
  readonly #known = new Map<ObjectRef, NodeId>();
  readonly #own = new Map<string, NodeId>();
  readonly #ownObjects = new Map<NodeId, ObjectRef>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** The nodes of these objects, in their order; what the snapshot does not know yet it reads in one go. */
  async resolve(objects: readonly ObjectRef[]): Promise<readonly NodeId[]> {
    const open = [...new Set(objects.filter((object) => !this.#known.has(object)))];
    const stored = open.length === 0 ? [] : await this.#snapshot.resolve(open);
    invariant(stored.length === open.length, 'a snapshot says of each object whether it knows it');
    for (const [index, object] of open.entries()) this.#known.set(object, stored[index] ?? this.#ownNodeOf(object));
    return objects.map((object) => this.#knownOf(object));
  }

  /** The same of both ends of checks or relationships. */
  async resolveEnds(ended: readonly Ended[]): Promise<readonly Ends[]> {
    await this.resolve(
      ended.flatMap(({ object, subject }) => (subject.kind === 'wildcard' ? [object] : [object, subject.object])),
    );
    return ended.map(({ object, subject }) => ({
      object: this.#knownOf(object),
      subject: subject.kind === 'wildcard' ? undefined : this.#knownOf(subject.object),
    }));
  }

  /** The object of a node that this table made up; the store names the others. */
  ownObjectOf(node: NodeId): ObjectRef | undefined {
    return this.#ownObjects.get(node);
  }

  #knownOf(object: ObjectRef): NodeId {
    const node = this.#known.get(object);
    invariant(node !== undefined, 'an object was resolved before its node is used');
    return node;
  }

  #ownNodeOf(object: ObjectRef): NodeId {
    // The two parts of a reference cannot contain ":", so its text stands for one object only.
    const text = formatObjectRef(object);
    const own = this.#own.get(text) ?? -1 - this.#own.size;
    this.#own.set(text, own);
    this.#ownObjects.set(own, object);
    return own;
  }
}
