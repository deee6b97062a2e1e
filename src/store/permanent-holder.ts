import type { NodeId } from '../engine/ports.ts';
import type { ObjectRef } from '../model/object-ref.ts';

/** A relation of an object, and where to go on among its holders. */
export interface HolderSource {
  readonly object: ObjectRef;
  readonly relation: string;
  /** The number of the last holder that was read; 0 to begin with. */
  readonly after: NodeId;
}

/** A plain subject with a stored relationship that has neither an end nor a condition. */
export interface PermanentHolder {
  /** Which of the sources it belongs to. */
  readonly position: number;
  readonly node: NodeId;
  readonly subject: ObjectRef;
}
