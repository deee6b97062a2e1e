/** Guards around a subgraph whose server runs none: what is decided before a fetch, and what is told of its answer. */

export type { PermissionCheck } from '../decision.ts';
export { type ForeignSubgraph, readForeignSubgraph } from './foreign-subgraph.ts';
export type { AnswerBody, Fetch, KeptFetch } from './kept-fetch.ts';
export { playAnswer } from './play-answer.ts';
export { type Asker, type Prepared, prepareFetch } from './prepare-fetch.ts';
export { refusedBody } from './refused-body.ts';
export { subgraphNames } from './subgraph-of-supergraph.ts';
