import type { ObjectRef } from '../model/object-ref.ts';
import type { Actor } from './actor.ts';

/** A permission that somebody is about to use, or to be told to have, by break-glass. */
export interface BreakGlassRead {
  readonly object: ObjectRef;
  readonly permission: string;
}

/** Who reads what admins and services may read, and where it is noted what they could by break-glass: see `readAs`. */
export interface Reading {
  readonly actor: Actor;
  readonly note: (read: BreakGlassRead) => void;
  /** Told of every permission that the actor turned out to hold. */
  readonly granted?: (permission: string) => void;
}

/** For writes: what is written leaves an event of its own. */
export function unnoted(actor: Actor): Reading {
  return { actor, note: () => {} };
}
