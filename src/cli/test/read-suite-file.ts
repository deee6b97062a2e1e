import { parse } from 'yaml';
import { z } from 'zod';
import { contextShape, rawRelationshipShape } from './raw-relationship.ts';
import { unsupported } from './read-store-file.ts';
import type { TestCase, TestWorld } from './test-world.ts';

const checkAssertion = z.object({
  name: z.string().optional(),
  tuple: z.object({ object: z.string(), relation: z.string(), user: z.string() }),
  contextualTuples: z.array(rawRelationshipShape).nullish(),
  context: contextShape,
  expectation: z.boolean().nullish(),
  errorCode: z.number().nullish(),
});

const stage = z.object({
  name: z.string().optional(),
  model: z.string(),
  tuples: z.array(rawRelationshipShape).nullish(),
  checkAssertions: z.array(checkAssertion).nullish(),
  listObjectsAssertions: z.array(z.object({ request: z.record(z.string(), z.unknown()) })).nullish(),
  listUsersAssertions: z.array(z.object({ request: z.record(z.string(), z.unknown()) })).nullish(),
});

const suiteFile = z.object({ tests: z.array(z.object({ name: z.string(), stages: z.array(stage) })) });

/**
 * The worlds of an OpenFGA suite file. The stages of a test share one store: each brings a model of its own, and the
 * relationships of the stages before it are still there.
 *
 * A test with one stage is played twice: with its relationships stored, and handed over with each question instead.
 */
export function readSuiteFile(path: string, text: string): readonly TestWorld[] {
  return suiteFile.parse(parse(text)).tests.flatMap((test): readonly TestWorld[] => {
    const worlds = test.stages.map((current, index): TestWorld => {
      const name = test.stages.length === 1 ? test.name : `${test.name}, stage ${index + 1}`;
      return {
        name: `${path} › ${name}`,
        continues: index > 0,
        model: { kind: 'dsl', dsl: current.model },
        relationships: current.tuples ?? [],
        cases: casesOf(current),
      };
    });
    return test.stages.length === 1 ? [...worlds, ...worlds.map(withContextual)] : worlds;
  });
}

/** The same world with nothing stored: every question brings all relationships along. */
function withContextual(world: TestWorld): TestWorld {
  const cases = world.cases.flatMap((test): readonly TestCase[] =>
    test.kind === 'check' ? [{ ...test, contextual: [...test.contextual, ...world.relationships] }] : [],
  );
  return { ...world, name: `${world.name} (contextual)`, relationships: [], cases };
}

function casesOf(current: z.infer<typeof stage>): readonly TestCase[] {
  const checks = (current.checkAssertions ?? []).map(
    ({ tuple, contextualTuples, context: given, expectation, errorCode }): TestCase => ({
      kind: 'check',
      name: `${tuple.user} ${tuple.relation} ${tuple.object}`,
      ...tuple,
      context: given ?? {},
      contextual: contextualTuples ?? [],
      expected: errorCode ? { errorCode } : expectation === true ? 'allowed' : 'denied',
    }),
  );
  const lists = [
    ...(current.listObjectsAssertions ?? []).map(({ request }) => `listObjects ${JSON.stringify(request)}`),
    ...(current.listUsersAssertions ?? []).map(({ request }) => `listUsers ${JSON.stringify(request)}`),
  ];
  return [...checks, ...lists.map(unsupported)];
}
