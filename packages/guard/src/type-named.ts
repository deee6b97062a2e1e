import type { GraphQLNamedType, GraphQLSchema } from 'graphql';

/** The type that the rules call by a name: root types are called in subgraphs as in the supergraph. */
export function typeNamed(schema: GraphQLSchema, name: string): GraphQLNamedType | undefined {
  const roots = new Map([
    ['Query', schema.getQueryType()],
    ['Mutation', schema.getMutationType()],
    ['Subscription', schema.getSubscriptionType()],
  ]);
  return roots.get(name) ?? schema.getType(name);
}
