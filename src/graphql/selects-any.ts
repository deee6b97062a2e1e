import { type GraphQLResolveInfo, getNamedType, isObjectType } from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';

type Selecting = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues' | 'fieldNodes' | 'returnType'>;

/** Whether the answer has any of these fields: found as the executor itself finds them, with fragments, aliases, `@skip` and `@include`. */
export function selectsAny(
  { schema, fragments, variableValues, fieldNodes, returnType }: Selecting,
  names: readonly string[],
): boolean {
  const type = getNamedType(returnType);
  if (!isObjectType(type)) return false;
  const selected = collectSubfields(schema, fragments, variableValues, type, fieldNodes).values();
  return selected.some((nodes) => nodes.some(({ name }) => names.includes(name.value)));
}
