import type { Consistency } from '../model/consistency.ts';
import type { Wording } from '../operations/access/wording.ts';
import type { Viewer } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import { invalid, type Refusal } from '../operations/refusal.ts';
import { ActionNames } from './action-names.ts';
import type { AuthzenSettings } from './authzen-settings.ts';
import { EntityIds } from './entity-ids.ts';

/** How this server speaks AuthZEN. */
export interface AuthzenDoor {
  readonly actions: ActionNames;
  readonly ids: EntityIds;
  readonly wording: Wording;
}

/** Who asks, with what they ask of. */
export interface Asking {
  readonly postern: Postern;
  readonly asker: Viewer;
  readonly consistency: Consistency;
}

export function createAuthzenDoor(settings: AuthzenSettings): AuthzenDoor {
  const actions = new ActionNames(settings);
  const ids = new EntityIds(settings);
  // Whoever enforces sends all that it knows, to whatever decides: what is not theirs to say counts for nothing.
  return { actions, ids, wording: { relationOf: actions.relationOf, leavesOut: true } };
}

/** A request that is not of the form that it must be. */
export function malformed(message: string): Refusal {
  return invalid('INVALID_INPUT', message, []);
}
