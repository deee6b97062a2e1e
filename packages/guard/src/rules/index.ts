/** The rules for guards, by which a subgraph starts and `postern lint` judges it. */

export { guardedKey } from './check-own-keys.ts';
export {
  isKeyField,
  keyFields,
  keysOf,
  type SelectedField,
  selectedFields,
} from './field-set.ts';
export { foreignProblem } from './foreign-problem.ts';
export { type GuardProblem, type GuardProblemCode, guardProblemCodes } from './guard-problem.ts';
export { guardProblems } from './guard-problems.ts';
export { argument, federationIdentity, type Link, stringArgument } from './links.ts';
export { isNamespaceName } from './mutation-types.ts';
export {
  type Field,
  federationDirectives,
  type GraphType,
  isExternalField,
  isListType,
  makeSubgraph,
  namedType,
  type Subgraph,
} from './subgraph.ts';
export { subgraphOfSchema } from './subgraph-of-schema.ts';
export { inputsIn, type Taker, takersOf } from './takers.ts';
export {
  coordinateOf,
  guardedFields,
  isOnInput,
  type MalformedGuard,
  objectText,
  ownerOf,
  type ReadGuards,
  readGuards,
  type WrittenGuard,
} from './written-guard.ts';
