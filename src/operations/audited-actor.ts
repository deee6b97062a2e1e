import type { ObjectRef } from '../model/object-ref.ts';
import type { Actor } from './actor.ts';
import type { EnforcedChecks } from './enforced-checks.ts';

/** A permission that somebody is about to use, or to be told to have, by break-glass. */
export interface BreakGlassRead {
  readonly object: ObjectRef;
  readonly permission: string;
}

/** An actor that asks for a right, and where it is noted for the audit log what they have by break-glass: see `readAs`. */
export interface AuditedActor {
  readonly actor: Actor;
  readonly note: (read: BreakGlassRead) => void;
  /** Told of every permission that the actor turned out to hold. */
  readonly granted?: (permission: string) => void;
  /** Told of what it was allowed by, to be counted: see `Postern`. */
  readonly used?: ((enforced: EnforcedChecks) => void) | undefined;
}

/** For writes: what is written leaves an event of its own. */
export function unnoted(actor: Actor): AuditedActor {
  return { actor, note: () => {} };
}
