import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';

/** The header of a request that says how fresh Postern's answers must be. */
export const consistencyHeader = 'postern-consistency';

/** Knows where the context of a request has its `postern-consistency` header. */
export interface ConsistencyReader {
  consistency?(context: unknown): string | null | undefined;
}

/**
 * What Postern is asked with. A client may ask for a fresher state than usual, and never for an older one: whoever has just lost a
 * right would ask for that. Before anything is changed, it is a state that misses nothing.
 */
export function consistencyFor(
  reader: ConsistencyReader,
  context: unknown,
  { operation }: Pick<OperationDefinitionNode, 'operation'>,
): string | undefined {
  const given = readConsistency(reader, context)?.split(',') ?? [];
  const wanted = new Set(operation === OperationTypeNode.MUTATION ? [fullyConsistent] : []);
  for (const item of given) if (!ignored.has(item.trim())) wanted.add(item.trim());
  return wanted.size === 0 ? undefined : [...wanted].join(',');
}

const fullyConsistent = 'fully-consistent';
const ignored: ReadonlySet<string> = new Set(['minimize-latency', '']);

/** Where nobody knows what was asked for, a state that misses nothing has it in any case. */
function readConsistency(reader: ConsistencyReader, context: unknown): string | undefined {
  try {
    const value: unknown = reader.consistency?.(context);
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : fullyConsistent;
  } catch {
    return fullyConsistent;
  }
}
