import { type GraphQLType, getNamedType, isScalarType } from 'graphql';

const scalars: ReadonlySet<string> = new Set(['ID', 'String', 'Int']);

/** Whether values of the type, or the items of its lists, can be ids of objects. */
export function isIdentifying(type: GraphQLType): boolean {
  const named = getNamedType(type);
  return isScalarType(named) && scalars.has(named.name);
}
