import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';

/** The header of a request that says how fresh Postern's answers must be. */
export const consistencyHeader = 'postern-consistency';

/** Knows where the context of a request has its `postern-consistency` header. */
export interface ConsistencyReader {
  consistency?(context: unknown): string | null | undefined;
}

/** What Postern is asked with: the client's header as it is, and before anything is changed by a state that misses nothing. */
export function consistencyFor(
  reader: ConsistencyReader,
  context: unknown,
  { operation }: Pick<OperationDefinitionNode, 'operation'>,
): string | undefined {
  const given = readConsistency(reader, context);
  if (operation !== OperationTypeNode.MUTATION) return given;
  const tokens = (given ?? '').split(',').filter((item) => !modes.has(item.trim()));
  return [fullyConsistent, ...tokens].join(',');
}

const fullyConsistent = 'fully-consistent';
const modes: ReadonlySet<string> = new Set([fullyConsistent, 'minimize-latency', '']);

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
