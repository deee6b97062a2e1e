import type { FieldNode, GraphQLOutputType } from 'graphql';

/** One field of a document that has guards which can be decided before anything runs. */
export interface GuardedField {
  readonly node: FieldNode;
  /** `Mutation.updateTrack` */
  readonly coordinate: string;
  readonly type: GraphQLOutputType;
  /** The response keys that lead to it, without the positions in lists; the first of several ways. */
  readonly path: readonly string[];
  /** All of them are needed; in the order in which a subgraph's guard asks them. */
  readonly guards: readonly DecidableGuard[];
}

export interface DecidableGuard {
  readonly permission: string;
  /** Of the model: `track`. */
  readonly type: string;
  /** `NULL`: a denied field is null without an error. */
  readonly onDeny: 'ERROR' | 'NULL';
  /**
   * Positions in the list of checks; `none` where an argument names no object, which nobody has to be asked about; `unknown`
   * where it could not be read what the arguments are, so that nothing can be allowed.
   */
  readonly checks: readonly number[] | 'none' | 'unknown';
}
