import type { LastEvent } from './last-event.ts';
import type { KnownModel } from './model-cache.ts';

/** A state of the primary, and its clock then: what a standby says counts only if it has come so far, and as of that time. */
export interface PrimaryPoint extends LastEvent {
  readonly now: string;
  /** The model that was thought to be active, if it is of that history. */
  readonly model: KnownModel | undefined;
}

/** A standby has not received everything that its state must have, or has a history of its own; or it is none any more. */
export class NotCaughtUp extends Error {
  constructor() {
    super('The standby has not caught up with the primary.');
  }
}
