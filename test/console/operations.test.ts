import { globSync, readFileSync } from 'node:fs';
import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  specifiedRules,
  validate,
  visit,
} from 'graphql';
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

/** The fragments of all files: the files are read as one. */
const fragments = new Map(
  paths.flatMap((path) =>
    parse(readFileSync(path, 'utf8')).definitions.flatMap((one): (readonly [string, FragmentDefinitionNode])[] =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
    ),
  ),
);

test.each(paths)('%s is answered by the schema, and within what one request may ask', (path) => {
  if (!built.ok) throw new Error(built.problem.join('\n'));
  for (const operation of operationsOf(parse(readFileSync(path, 'utf8')))) {
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragmentsOf(operation)] };
    expect(validate(built.value.schema, document, specifiedRules)).toEqual([]);
    expect(isNestedDeeperThan(print(document), maxNesting)).toBe(false);
    expect(operation.name?.value).toBeDefined();
    expect(operation.selectionSet.selections.length).toBeLessThanOrEqual(mostQuestions);
  }
});

test('there is no fragment that nothing uses', () => {
  const used = new Set(
    paths.flatMap((path) => operationsOf(parse(readFileSync(path, 'utf8'))).flatMap(fragmentsOf)).map(nameOf),
  );
  expect([...fragments.keys()].filter((name) => !used.has(name))).toEqual([]);
});

/** What an operation uses, and what that uses. */
function fragmentsOf(operation: OperationDefinitionNode): readonly FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>();
  const follow = (node: ASTNode) =>
    void visit(node, {
      FragmentSpread: ({ name: { value: name } }) => {
        const fragment = fragments.get(name);
        if (fragment === undefined || found.has(name)) return;
        found.set(name, fragment);
        follow(fragment);
      },
    });
  follow(operation);
  return [...found.values()];
}

function nameOf({ name }: FragmentDefinitionNode): string {
  return name.value;
}

function operationsOf({ definitions }: DocumentNode): readonly OperationDefinitionNode[] {
  return definitions.filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
}
