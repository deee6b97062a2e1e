import { type ExecutionResult, type GraphQLSchema, getOperationAST } from 'graphql';
import { fragmentsOf } from './fragments-of.ts';
import { PositionReader, type TypedSelection } from './positions.ts';
import { restoreFields } from './restore-fields.ts';
import type { WithheldDocument } from './withhold-fields.ts';

/** What becomes of the answer to a document whose refused fields were withheld. */
export interface WithheldAnswer {
  /** The whole answer when nothing is left that a subgraph would have to be asked. */
  readonly complete: ExecutionResult | undefined;
  restore(result: ExecutionResult): ExecutionResult;
}

export function createWithheldAnswer(
  schema: GraphQLSchema,
  { document, withheld }: WithheldDocument,
  operationName: string | null | undefined,
): WithheldAnswer {
  const operation = getOperationAST(document, operationName);
  const type = operation && schema.getRootType(operation.operation);
  const root: readonly TypedSelection[] = operation && type ? [{ set: operation.selectionSet, type }] : [];
  const positions = new PositionReader(schema, fragmentsOf(document), withheld);
  const restore = (result: ExecutionResult) => restoreFields(result, root, positions);
  const below = [...positions.below(root)];
  const isComplete = below.every(([, position]) => position.isTypename);
  const data = () => Object.fromEntries(below.map(([key]) => [key, type?.name]));
  return { restore, complete: isComplete ? restore({ data: data() }) : undefined };
}
