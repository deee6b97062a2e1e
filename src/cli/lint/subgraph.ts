import type { DocumentNode } from 'graphql';
import { type Subgraph as GuardedSubgraph, makeSubgraph as readSubgraph } from '#guard/rules';

/** A subgraph's schema as it is written, and where. */
export interface Subgraph extends GuardedSubgraph {
  readonly name: string;
  readonly file: string;
}

export function makeSubgraph(name: string, file: string, document: DocumentNode): Subgraph {
  return { name, file, ...readSubgraph(document) };
}
