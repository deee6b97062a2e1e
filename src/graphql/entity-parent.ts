import type { DecidedPermissions } from './decided-permissions.ts';

/** An entity on its way through the resolvers: a pointer, never data. */
export interface EntityParent {
  readonly __typename: string;
  readonly id: string;
  /** What its viewer may do with it, where that was decided together with others before it was handed out. */
  readonly decided?: DecidedPermissions;
}
