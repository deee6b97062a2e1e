import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../base/canonical-json.ts';
import { quote } from '../../base/text-problem.ts';
import type { ModelSource } from '../../model/model-source.ts';
import { asArgument, commandLine } from '../command-line.ts';
import { readModelFile } from '../read-model-file.ts';
import { isRelationshipFile, readRelationshipFile } from '../read-relationship-file.ts';
import { readTextFile } from '../read-text-file.ts';
import { readYamlFile, WrongFile } from '../read-yaml-file.ts';
import { contextShape, type RawRelationship, rawRelationshipShape } from './raw-relationship.ts';
import type { TestCase, TestWorld } from './test-world.ts';

const contextual = { context: contextShape, contextual_tuples: z.array(rawRelationshipShape).nullish() };

// Strict throughout: a key that is misspelt would be a test that nobody plays.
const checkAssertion = z
  .strictObject({
    user: z.string().optional(),
    users: z.array(z.string()).optional(),
    object: z.string().optional(),
    objects: z.array(z.string()).optional(),
    ...contextual,
    assertions: z.record(z.string(), z.boolean()),
  })
  .check(({ value, issues }) => {
    for (const [one, several] of [
      ['user', 'users'],
      ['object', 'objects'],
    ] as const) {
      if (value[one] !== undefined || value[several] !== undefined) continue;
      issues.push({ code: 'invalid_type', expected: 'string', input: undefined, path: [one] });
    }
  });

const ids = z.array(z.string()).nullish();

const listObjectsAssertion = z.strictObject({
  user: z.string(),
  type: z.string(),
  ...contextual,
  assertions: z.record(z.string(), ids),
});

const listUsersAssertion = z.strictObject({
  object: z.string(),
  user_filter: z.array(z.strictObject({ type: z.string(), relation: z.string().optional() })).min(1, 'names no type'),
  ...contextual,
  assertions: z.record(z.string(), z.strictObject({ users: ids })),
});

/** Where relationships stand: in the file itself, and in files beside it. */
const relationshipSources = {
  tuples: z.array(rawRelationshipShape).nullish(),
  tuple_file: z.string().optional(),
  tuple_files: z.array(z.string()).optional(),
};

const storeTest = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  ...relationshipSources,
  check: z.array(checkAssertion).nullish(),
  list_objects: z.array(listObjectsAssertion).nullish(),
  list_users: z.array(listUsersAssertion).nullish(),
});

const storeFile = z.strictObject({
  name: z.string().optional(),
  model: z.string().optional(),
  model_file: z.string().optional(),
  ...relationshipSources,
  tests: z.array(storeTest).nullish(),
});

export type StoreFile = z.infer<typeof storeFile>;

/** The worlds of an OpenFGA store file: one for each of its tests, all with the file's model and relationships. */
export async function readStoreFile(path: string, text: string, given?: ModelSource): Promise<readonly TestWorld[]> {
  const file = readYamlFile(storeFile, path, text);
  const model = given ?? (await readStoreModel(path, file));
  const relationships = await readRelationships(path, file);
  const worlds = (file.tests ?? []).map(
    async (test, index): Promise<TestWorld> => ({
      name: `${path} › ${test.name ?? `test ${index + 1}`}`,
      continues: false,
      model,
      relationships: [...relationships, ...(await readRelationships(path, test))],
      cases: casesOf(test),
    }),
  );
  return Promise.all(worlds);
}

/** The model and the relationships of a store file, without its tests. */
export async function readStoreData(path: string) {
  if (isRelationshipFile(path)) throw new WrongFile(notAStore(path));
  if (/\.(?:fga|mod)$/.test(path)) throw new WrongFile(onlyAModel(path));
  const file = readYamlFile(storeFile, path, await readTextFile(path));
  return { model: await readStoreModel(path, file), relationships: await readRelationships(path, file) };
}

function notAStore(path: string): string {
  const next = `Next: import a store file that names it, with "model_file: model.fga" and "tuple_file: ${basename(path)}".`;
  return `"${path}" holds relationships, and no model that they are for. ${next}`;
}

function onlyAModel(path: string): string {
  const publish = commandLine(`model publish ${asArgument(path)} --activate`);
  return `${quote(path)} is a model, and no store file that names one. Next: ${publish}`;
}

function readStoreModel(path: string, file: StoreFile) {
  if (file.model !== undefined) return { kind: 'dsl', dsl: file.model } as const;
  if (file.model_file === undefined)
    throw new Error(`${quote(path)} has neither "model" nor "model_file". Next: write one of them.`);
  return readModelFile(join(dirname(path), file.model_file));
}

async function readRelationships(
  path: string,
  { tuples, tuple_file, tuple_files }: Pick<StoreFile, keyof typeof relationshipSources>,
): Promise<readonly RawRelationship[]> {
  const names = [...(tuple_file === undefined ? [] : [tuple_file]), ...(tuple_files ?? [])];
  const lists = await Promise.all(names.map((name) => readRelationshipFile(join(dirname(path), name))));
  return withoutRepetitions([...lists.flat(), ...(tuples ?? [])]);
}

/** The same relationship may stand in several files; what is said twice in two ways is told when it is written. */
function withoutRepetitions(relationships: readonly RawRelationship[]): readonly RawRelationship[] {
  return [...new Map(relationships.map((one) => [canonicalJson(one), one])).values()];
}

function casesOf(test: z.infer<typeof storeTest>): readonly TestCase[] {
  const checks = (test.check ?? []).flatMap((check) =>
    [...(check.users ?? []), ...(check.user === undefined ? [] : [check.user])].flatMap((user) =>
      [...(check.objects ?? []), ...(check.object === undefined ? [] : [check.object])].flatMap((object) =>
        Object.entries(check.assertions).map(
          ([relation, isAllowed]): TestCase => ({
            kind: 'check',
            name: `${user} ${relation} ${object}`,
            user,
            relation,
            object,
            context: check.context ?? {},
            contextual: check.contextual_tuples ?? [],
            expected: isAllowed ? 'allowed' : 'denied',
          }),
        ),
      ),
    ),
  );
  return [...checks, ...objectCases(test), ...subjectCases(test)];
}

function objectCases(test: z.infer<typeof storeTest>): readonly TestCase[] {
  return (test.list_objects ?? []).flatMap(({ user, type, context, contextual_tuples, assertions }) =>
    Object.entries(assertions).map(
      ([relation, expected]): TestCase => ({
        kind: 'objects',
        name: `every ${type} that ${user} has ${relation} on`,
        user,
        relation,
        type,
        context: context ?? {},
        contextual: contextual_tuples ?? [],
        expected: expected ?? [],
      }),
    ),
  );
}

function subjectCases(test: z.infer<typeof storeTest>): readonly TestCase[] {
  return (test.list_users ?? []).flatMap(({ object, user_filter, context, contextual_tuples, assertions }) =>
    user_filter.flatMap(({ type, relation: subjectRelation }) =>
      Object.entries(assertions).map(([relation, { users }]): TestCase => {
        const filter = subjectRelation === undefined ? type : `${type}#${subjectRelation}`;
        return {
          kind: 'subjects',
          name: `every ${filter} that has ${relation} on ${object}`,
          object,
          relation,
          filter,
          context: context ?? {},
          contextual: contextual_tuples ?? [],
          expected: users ?? [],
        };
      }),
    ),
  );
}
