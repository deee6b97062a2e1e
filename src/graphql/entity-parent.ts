import type { DecidedPermissions } from './decided-permissions.ts';
import type { DecisionLoader } from './decision-loader.ts';

/** An entity on its way through the resolvers: a pointer, never data. */
export interface EntityParent {
  readonly __typename: string;
  readonly id: string;
  /** What decides what its viewer may do with it, where that is not what decides the rest of the request. */
  readonly decisions?: DecisionLoader;
  /** What its viewer may do with it, where that was decided together with others before it was handed out. */
  readonly decided?: DecidedPermissions;
}
