import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSourceRelationship } from '../../../src/cli/moving/spicedb/parse-relationship.ts';
import { parseSchema } from '../../../src/cli/moving/spicedb/parse-schema.ts';
import { schemaProblems } from '../../../src/cli/moving/spicedb/schema-problems.ts';
import { noNames } from '../../../src/cli/moving/translate/given-names.ts';
import { translateRelationships } from '../../../src/cli/moving/translate/translate-relationships.ts';
import { type SchemaTranslation, translateSchema } from '../../../src/cli/moving/translate/translate-schema.ts';
import { check } from '../../../src/engine/check/check.ts';
import { prepareModel } from '../../../src/engine/prepared-model.ts';
import { MemoryEdges, now } from '../../support/memory-edges.ts';
import { check as asked } from '../../support/parse.ts';
import { spicedbWorlds, worldSubjects } from '../../support/random-spicedb-world.ts';
import {
  holds,
  printSchema,
  printWorldRelationship,
  type SpicedbWorld,
  type WorldSubject,
} from '../../support/spicedb-world.ts';

/** In CI few; `npm run fuzz:moving` asks many more. */
const runs = Number(process.env.TEST_MOVING_WORLDS ?? 150);

test('a translated schema decides as SpiceDB does', { timeout: 60_000 + runs * 100 }, async () => {
  const counts = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(spicedbWorlds, async (world) => {
      const { expected, actual } = await askBoth(world);
      for (const answer of expected.values()) counts.set(answer, (counts.get(answer) ?? 0) + 1);
      expect(actual, text(world)).toEqual(expected);
    }),
    {
      numRuns: runs,
      endOnFailure: process.env.SHRINK === undefined,
      ...(process.env.SEED !== undefined && { seed: Number(process.env.SEED) }),
    },
  );
  // Three kinds of answers were asked for, and not one only.
  expect([...counts.keys()].toSorted()).toEqual(['allowed', 'denied', 'undecided']);
});

async function askBoth(world: SpicedbWorld) {
  const { translation, relationships } = translated(world);
  const questions = questionsOf(world);
  const checks = questions.map(({ type, id, name, subject }) => {
    const definition = translation.names.definition(type);
    const relation = definition === undefined ? name : translation.names.memberOf(definition, name);
    return asked(`${type}:${id}#${relation}@${subjectText(translation, subject)}`);
  });
  const model = translation.model;
  if (model === undefined) throw new Error(translation.dsl);
  const { decisions } = await check(new MemoryEdges(prepareModel(model), relationships), { checks, contextual: [] });
  const expected = new Map<string, string>();
  const actual = new Map<string, string>();
  for (const [index, { type, id, name, subject }] of questions.entries()) {
    const question = `${type}:${id}#${name}@${subject.type}:${subject.id}#${subject.relation}`;
    const answer = holds(world, type, id, name, subject);
    expected.set(question, answer === undefined ? 'undecided' : answer ? 'allowed' : 'denied');
    actual.set(question, decisions[index]?.kind ?? 'none');
  }
  return { expected, actual };
}

function translated(world: SpicedbWorld) {
  const parsed = parseSchema(printSchema(world));
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.problem)}\n${text(world)}`);
  expect(schemaProblems(parsed.value), text(world)).toEqual([]);
  const translation = translateSchema(parsed.value, noNames);
  expect(
    translation.constructs.filter(({ kind }) => kind === 'refused'),
    text(world),
  ).toEqual([]);
  const sources = world.relationships.map((one, index) => {
    const read = parseSourceRelationship(printWorldRelationship(one), index);
    if (!read.ok) throw new Error(read.problem);
    return read.value;
  });
  const { gathered, added } = translateRelationships(translation, sources, now);
  expect(
    gathered.refused().filter(({ kind }) => kind !== 'conflict'),
    text(world),
  ).toEqual([]);
  fc.pre(gathered.refused().length === 0);
  return { translation, relationships: [...gathered.relationships(), ...added.map((one) => one.relationship)] };
}

function questionsOf(world: SpicedbWorld) {
  const objects = worldSubjects(world).filter(({ relation }) => relation === '');
  return objects.flatMap(({ type, id }) => {
    const of = world.types.get(type);
    const names = [...(of?.relations.keys() ?? []), ...(of?.permissions.keys() ?? [])];
    return names.flatMap((name) => worldSubjects(world).map((subject) => ({ type, id, name, subject })));
  });
}

function subjectText({ names }: SchemaTranslation, { type, id, relation }: WorldSubject): string {
  if (relation === '') return `${type}:${id}`;
  const definition = names.definition(type);
  return `${type}:${id}#${definition === undefined ? relation : names.memberOf(definition, relation)}`;
}

function text(world: SpicedbWorld): string {
  return `${printSchema(world)}\n\n${world.relationships.map(printWorldRelationship).join('\n')}`;
}
