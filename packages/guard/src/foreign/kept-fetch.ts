import type { GraphQLFormattedError, OperationTypeNode } from 'graphql';

/** What a router fetches from a subgraph. */
export interface Fetch {
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export type Path = readonly (string | number)[];

/** What came of the guards that were asked before a fetch. */
export interface EarlyOutcome {
  /** Fields that may answer. */
  readonly reached: readonly Path[];
  /** Fields that may not, and what clients are told. */
  readonly errors: readonly GraphQLFormattedError[];
  /** Fields that are null, and nothing is told. */
  readonly silent: readonly Path[];
}

/** What has to be known of a fetch when its answer comes: plain data, which can be written down meanwhile. */
export interface KeptFetch extends Fetch {
  /** Before a mutation is answered, nothing older than it is asked. */
  readonly operation: OperationTypeNode;
  readonly early: EarlyOutcome;
  /** How many objects were asked for, by response key. */
  readonly entities: readonly (readonly [key: string, count: number])[];
}

/** The body of an answer, as GraphQL has it. */
export interface AnswerBody {
  readonly data: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}
