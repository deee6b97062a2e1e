import { type ExecutionResult, type GraphQLSchema, getOperationAST } from 'graphql';
import { PositionReader, type TypedSelection } from './positions.ts';
import type { Variables } from './read-variables.ts';
import { restoreFields } from './restore-fields.ts';
import type { WithheldDocument } from './withhold-fields.ts';

/** What becomes of the answer to a document whose refused fields were withheld. */
export interface WithheldAnswer {
  /** The whole answer when nothing is left that a subgraph would have to be asked. */
  readonly complete: ExecutionResult | undefined;
  restore(result: ExecutionResult): ExecutionResult;
}

export interface AnsweredOperation {
  readonly schema: GraphQLSchema;
  readonly operationName: string | null | undefined;
  /** As execution sees them. */
  readonly variables: Variables;
}

export function createWithheldAnswer(
  { schema, operationName, variables }: AnsweredOperation,
  withheld: WithheldDocument,
): WithheldAnswer {
  const operation = getOperationAST(withheld.document, operationName);
  const type = operation && schema.getRootType(operation.operation);
  const root: readonly TypedSelection[] = operation && type ? [{ set: operation.selectionSet, type }] : [];
  const positions = new PositionReader(schema, withheld, variables);
  const restore = (result: ExecutionResult) => restoreFields(result, root, positions);
  const below = [...positions.below(root)];
  const isComplete = below.every(([, position]) => position.isTypename);
  const data = () => Object.fromEntries(below.map(([key]) => [key, type?.name]));
  return { restore, complete: isComplete ? restore({ data: data() }) : undefined };
}
