import { GraphQLError } from 'graphql';
import { type FieldRefusal, refusalMessage } from './judge-operation.ts';

/** The error of a refused field, as a client of the subgraph would get it. */
export function refusalError({ field, code }: FieldRefusal, path: readonly (string | number)[]): GraphQLError {
  return new GraphQLError(refusalMessage(code), { nodes: field.node, path, extensions: { code } });
}
