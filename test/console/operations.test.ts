import { globSync, readFileSync } from 'node:fs';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, specifiedRules, validate } from 'graphql';
import { expect, test } from 'vitest';
import { buildSubgraph } from '../../src/graphql/schema.ts';
import { isNestedDeeperThan, maxNesting } from '../../src/server/http/query-nesting.ts';
import { readStaticSchema } from '../../src/server/read-static-schema.ts';

const built = buildSubgraph(await readStaticSchema(), undefined, new Map());
const paths = globSync('console/src/**/*.graphql').toSorted();

/** Costly questions of one request, of which there are 25 at most. */
const mostQuestions = 25;

test('there are operations', () => {
  expect(paths.length).toBeGreaterThan(5);
});

test.each(paths)('%s is answered by the schema, and within what one request may ask', (path) => {
  if (!built.ok) throw new Error(built.problem.join('\n'));
  const text = readFileSync(path, 'utf8');
  const document = parse(text);
  expect(validate(built.value.schema, document, specifiedRules)).toEqual([]);
  expect(isNestedDeeperThan(text, maxNesting)).toBe(false);
  for (const operation of operationsOf(document)) {
    expect(operation.name?.value).toBeDefined();
    expect(operation.selectionSet.selections.length).toBeLessThanOrEqual(mostQuestions);
  }
});

function operationsOf({ definitions }: DocumentNode): readonly OperationDefinitionNode[] {
  return definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
}
