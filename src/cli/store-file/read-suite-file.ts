import { z } from 'zod';
import { readYamlFile } from '../read-yaml-file.ts';
import { contextShape, rawRelationshipShape } from './raw-relationship.ts';
import type { TestCase, TestWorld } from './test-world.ts';

const checkAssertion = z.object({
  name: z.string().optional(),
  tuple: z.object({ object: z.string(), relation: z.string(), user: z.string() }),
  contextualTuples: z.array(rawRelationshipShape).nullish(),
  context: contextShape,
  expectation: z.boolean().nullish(),
  errorCode: z.number().nullish(),
});

const list = {
  contextualTuples: z.array(rawRelationshipShape).nullish(),
  context: contextShape,
  expectation: z.array(z.string()).nullish(),
  errorCode: z.number().nullish(),
};

const listObjectsAssertion = z.object({
  request: z.object({ user: z.string(), type: z.string(), relation: z.string() }),
  ...list,
});

const listUsersAssertion = z.object({
  request: z.object({ object: z.string(), relation: z.string(), filters: z.array(z.string()).length(1) }),
  ...list,
});

const stage = z.object({
  name: z.string().optional(),
  model: z.string(),
  tuples: z.array(rawRelationshipShape).nullish(),
  checkAssertions: z.array(checkAssertion).nullish(),
  listObjectsAssertions: z.array(listObjectsAssertion).nullish(),
  listUsersAssertions: z.array(listUsersAssertion).nullish(),
});

const suiteFile = z.object({ tests: z.array(z.object({ name: z.string(), stages: z.array(stage) })) });

/**
 * The worlds of an OpenFGA suite file. The stages of a test share one store: each brings a model of its own, and the
 * relationships of the stages before it are still there.
 *
 * A test with one stage is played twice: with its relationships stored, and handed over with each question instead.
 */
export function readSuiteFile(path: string, text: string): readonly TestWorld[] {
  return readYamlFile(suiteFile, path, text).tests.flatMap((test): readonly TestWorld[] => {
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
  const cases = world.cases.map((test) => ({ ...test, contextual: [...test.contextual, ...world.relationships] }));
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
  const objects = (current.listObjectsAssertions ?? []).map(
    ({ request, contextualTuples, context, expectation, errorCode }): TestCase => ({
      kind: 'objects',
      name: `every ${request.type} that ${request.user} has ${request.relation} on`,
      ...request,
      context: context ?? {},
      contextual: contextualTuples ?? [],
      expected: errorCode ? { errorCode } : (expectation ?? []),
    }),
  );
  const subjects = (current.listUsersAssertions ?? []).map(
    ({ request: { object, relation, filters }, contextualTuples, context, expectation, errorCode }): TestCase => ({
      kind: 'subjects',
      name: `every ${filters[0]} that has ${relation} on ${object}`,
      object,
      relation,
      filter: filters[0] ?? '',
      context: context ?? {},
      contextual: contextualTuples ?? [],
      expected: errorCode ? { errorCode } : (expectation ?? []),
    }),
  );
  return [...checks, ...objects, ...subjects];
}
