import type { GraphQLResolveInfo } from 'graphql';
import type { Pointer } from './pointer.ts';
import type { OnDeny } from './requires-permission.ts';

/** One `@requiresPermission`, ready to be asked. */
export interface Guard {
  readonly permission: string;
  /** Of the model: `track`. */
  readonly type: string;
  readonly onDeny: OnDeny;
  /** The ids of the objects; the permission is needed on each. With FILTER the source of the call is the item. */
  readonly find: Pointer;
  /** Where in the arguments of a field the ids are; undefined where they are elsewhere. */
  readonly argument: readonly string[] | undefined;
  /** Whether a call is none of its business: a guard on a type spares what the gateway joins by. */
  readonly spares?: ((info: GraphQLResolveInfo) => boolean) | undefined;
}

/** The most objects that one guard asks about in one call of a field. */
export const maxObjects = 1000;
