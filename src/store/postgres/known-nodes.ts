import type { NodeId } from '../../engine/ports.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { NameTable } from '../replica/name-table.ts';
import { goesOnFrom, isSameEvent, type LastEvent, type SeenState } from './last-event.ts';

/** What is known of objects, as long as the state that is read goes on from `since`. */
export interface Recalled {
  /** In the order of the objects; undefined for one that has to be looked up. */
  readonly nodes: readonly (NodeId | undefined)[];
  /** Undefined where nothing is known. */
  readonly since: LastEvent | undefined;
}

/**
 * The numbers of objects that were asked about lately. In one history an object has one number for ever: none is changed or
 * removed, which the role of the application has no right to. A database that was restored, or that lost its last writes to a
 * fail-over, has another history, and may give the same number to another object. So whoever uses what is known here makes sure,
 * in the very statement that uses it, that its state goes on from the moment that it is known of.
 */
export class KnownNodes {
  readonly #capacity: number;
  #names: NameTable;
  #since: LastEvent | undefined;

  constructor(capacity = 20_000) {
    this.#capacity = capacity;
    this.#names = new NameTable(capacity);
  }

  recall(objects: readonly ObjectRef[]): Recalled {
    const since = this.#since;
    return { nodes: objects.map((object) => since && this.#names.find(object)), since };
  }

  /** Whether a state goes on from where something was recalled; what does not fit is forgotten. */
  confirms({ since }: Recalled, state: SeenState): boolean {
    if (since === undefined) return true;
    if (goesOnFrom(since, state)) return true;
    if (this.#since === since) this.#forget();
    return false;
  }

  /** Keeps what was looked up in a state that goes on from where something was recalled. */
  learn({ since }: Recalled, state: SeenState, found: Iterable<readonly [ObjectRef, NodeId]>): void {
    // Of another history perhaps than what was learned meanwhile: then it is looked up again.
    if (state.hash === '' || (this.#since !== since && !isSameEvent(this.#since, state))) return;
    let isAny = false;
    for (const [object, node] of found) {
      this.#names.add(object, node);
      isAny = true;
    }
    if (isAny) this.#since = { identity: state.identity, event: state.event, hash: state.hash };
  }

  #forget(): void {
    this.#names = new NameTable(this.#capacity);
    this.#since = undefined;
  }
}
