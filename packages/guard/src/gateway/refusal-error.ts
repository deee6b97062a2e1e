import { GraphQLError } from 'graphql';
import { decisionError } from '../postern-error.ts';
import type { FieldRefusal } from './judge-operation.ts';

/** The error of a refused field, as a client of the subgraph would get it. */
export function refusalError(
  { field, guard, decision }: FieldRefusal,
  path: readonly (string | number)[],
): GraphQLError {
  const { message, extensions } = decisionError(decision, guard);
  return new GraphQLError(message, { nodes: field.node, path, extensions });
}
