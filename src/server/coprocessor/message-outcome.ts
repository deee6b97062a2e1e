import type { GraphQLFormattedError } from 'graphql';

/** What a router is told to do with an operation. */
export type MessageOutcome =
  /** As if nobody had been asked: the guards of the subgraphs decide, field by field. */
  | { readonly kind: 'continue' }
  | { readonly kind: 'break'; readonly status: 401 | 403 | 503; readonly errors: readonly GraphQLFormattedError[] };
