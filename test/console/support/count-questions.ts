import { type OperationDefinitionNode, parse } from 'graphql';
import { costOf } from '../../../src/graphql/operation-cost.ts';
import { buildSubgraph } from '../../../src/graphql/schema.ts';
import { readStaticSchema } from '../../../src/server/read-static-schema.ts';
import type { Asked } from './browser.ts';

const built = buildSubgraph(await readStaticSchema(), undefined, new Map());
if (!built.ok) throw new Error(built.problem.join('\n'));
const { schema } = built.value;

/** The schema that the console asks, whatever the model. */
export const consoleSchema = schema;

/** How many questions that is, as the server counts them. */
export function countQuestions(asked: readonly Asked[]): number {
  return asked.reduce((sum, { query, variables }) => sum + questionsOf(query, variables), 0);
}

function questionsOf(query: string, variables: Asked['variables']): number {
  const document = parse(query);
  const operations = document.definitions.filter(
    (one): one is OperationDefinitionNode => one.kind === 'OperationDefinition',
  );
  return operations.reduce((sum, operation) => sum + costOf({ schema, document, operation, variables }).questions, 0);
}
