import { type Field, federationDirectives, type GraphType, namedType, type Subgraph } from './subgraph.ts';

/**
 * Whether a field is a mutation: at the root, or in a namespace, as in `mutation { track { rename } }`. Payloads are reached by
 * mutations only, too; what is asked of those with arguments counts as one.
 */
export function isMutation(subgraph: Subgraph, type: GraphType, field: Field | undefined): boolean {
  if (type.name === 'Mutation') return true;
  if (type.isRoot || federationDirectives(subgraph, type, 'key').length > 0) return false;
  const isRead = ['Query', 'Subscription'].some((root) => reachable(subgraph, root).has(type.name));
  if (isRead || !reachable(subgraph, 'Mutation').has(type.name)) return false;
  return isNamespaceName(type.name) || (field !== undefined && field.arguments.size > 0);
}

/** What types are called that mutations stand on. */
export function isNamespaceName(name: string): boolean {
  return /(?:Mutations?|Operations?|Ops|Actions)$/.test(name);
}

function reachable({ types }: Subgraph, root: string): ReadonlySet<string> {
  const seen = new Set<string>([root]);
  const open = [root];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const type = types.get(name);
    const next = [
      ...[...(type?.fields.values() ?? [])].map((field) => namedType(field.type)),
      ...(type?.members ?? []),
      ...[...types.values()].filter(({ interfaces }) => interfaces.has(name ?? '')).map((one) => one.name),
    ];
    const fresh = next.filter((one) => !seen.has(one));
    for (const one of fresh) seen.add(one);
    open.push(...fresh);
  }
  return seen;
}
