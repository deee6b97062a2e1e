import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readModelFile } from '../read-model-file.ts';
import { contextShape, type RawRelationship, rawRelationshipShape } from './raw-relationship.ts';
import type { TestCase, TestWorld } from './test-world.ts';

const contextual = { context: contextShape, contextual_tuples: z.array(rawRelationshipShape).nullish() };

const checkAssertion = z.object({
  user: z.string().optional(),
  users: z.array(z.string()).optional(),
  object: z.string().optional(),
  objects: z.array(z.string()).optional(),
  ...contextual,
  assertions: z.record(z.string(), z.boolean()),
});

const ids = z.array(z.string()).nullish();

const listObjectsAssertion = z.object({
  user: z.string(),
  type: z.string(),
  ...contextual,
  assertions: z.record(z.string(), ids),
});

const listUsersAssertion = z.object({
  object: z.string(),
  user_filter: z.array(z.object({ type: z.string(), relation: z.string().optional() })).min(1),
  ...contextual,
  assertions: z.record(z.string(), z.object({ users: ids })),
});

const storeTest = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  tuples: z.array(rawRelationshipShape).nullish(),
  check: z.array(checkAssertion).nullish(),
  list_objects: z.array(listObjectsAssertion).nullish(),
  list_users: z.array(listUsersAssertion).nullish(),
});

const storeFile = z.object({
  name: z.string().optional(),
  model: z.string().optional(),
  model_file: z.string().optional(),
  tuples: z.array(rawRelationshipShape).nullish(),
  tuple_file: z.string().optional(),
  tuple_files: z.array(z.string()).optional(),
  tests: z.array(storeTest).nullish(),
});

export type StoreFile = z.infer<typeof storeFile>;

/** The worlds of an OpenFGA store file: one for each of its tests, all with the file's model and relationships. */
export async function readStoreFile(path: string, text: string): Promise<readonly TestWorld[]> {
  const file = storeFile.parse(parse(text));
  const model = await readStoreModel(path, file);
  const relationships = await readStoreRelationships(path, file);
  return (file.tests ?? []).map((test, index) => ({
    name: `${path} › ${test.name ?? `test ${index + 1}`}`,
    continues: false,
    model,
    relationships: [...relationships, ...(test.tuples ?? [])],
    cases: casesOf(test),
  }));
}

/** The model and the relationships of a store file, without its tests. */
export async function readStoreData(path: string) {
  const file = storeFile.parse(parse(await readFile(path, 'utf8')));
  return { model: await readStoreModel(path, file), relationships: await readStoreRelationships(path, file) };
}

function readStoreModel(path: string, file: StoreFile) {
  if (file.model !== undefined) return { kind: 'dsl', dsl: file.model } as const;
  if (file.model_file === undefined) throw new Error(`"${path}" has neither "model" nor "model_file".`);
  return readModelFile(join(dirname(path), file.model_file));
}

async function readStoreRelationships(path: string, file: StoreFile): Promise<readonly RawRelationship[]> {
  const names = [...(file.tuple_file === undefined ? [] : [file.tuple_file]), ...(file.tuple_files ?? [])];
  const lists = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(dirname(path), name), 'utf8');
      return z.array(rawRelationshipShape).parse(parse(text));
    }),
  );
  return [...lists.flat(), ...(file.tuples ?? [])];
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
