import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseModel } from '../../src/model/parse-model.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { post } from '../authzen/support/authzen-client.ts';
import { callTool, mcpOn } from '../mcp/support/mcp-client.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { storedModel } from '../support/parse.ts';
import { publish, write } from '../support/postern.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { randomModels, relationsOf } from '../support/random-model.ts';
import { type RandomWorld, randomWorlds } from '../support/random-world.ts';
import { asker, type DoorQuestion, doors } from './doors.ts';
import { askReads } from './reads.ts';

/** The same number gives the same worlds: set it to see a failure again. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
/** A few for each run, and as many as wanted by hand: `npm run fuzz:doors`. */
const wanted = Number(process.env.TEST_DOOR_QUESTIONS ?? 1000);

/** Worlds in which agents read, and GraphQL is asked the same: `npm run fuzz:mcp`. */
const readWorlds = Number(process.env.TEST_MCP_WORLDS ?? 1);

const databaseUrl = useDatabase();
const server = usePosternServer(databaseUrl, {
  environment: { ...mcpOn, POSTERN_AUTHZEN_URL: 'https://access.example' },
});
let owner: Sql;

beforeAll(() => {
  owner = connectAsOwner(databaseUrl());
});

afterAll(() => owner?.end());

const platform = `type service
type platform
  relations
    define operator: [service]
    define can_check_any_subject: operator
    define can_read_relationships: operator
`;

const askers = ['user:1', 'user:2', 'user:9', 'bot:1', 'group:1', 'folder:2', 'doc:1', 'ship:1'];
const contexts = [{}, { x: 1 }, { x: -1 }, { x: 0 }, { x: 'soon', y: [] }];
const relations = { ...relationsOf, ship: ['a'], user: ['a'] };

const certain = { subject: asker, relation: 'can_check_any_subject', object: 'platform:main', context: {} };

/** Everything that can be asked in a world, also with names that it does not have; one of which is allowed in every world. */
const asked: readonly DoorQuestion[] = Object.entries(relations).flatMap(([type, names]) =>
  ['1', '2', '9'].flatMap((id) =>
    [...names, 'parent', 'fly'].flatMap((relation) =>
      askers.map((subject, index) => ({
        ...{ subject, relation, object: `${type}:${id}` },
        context: contexts[(index + relation.length + Number(id)) % contexts.length] ?? {},
      })),
    ),
  ),
);

const questions = [...asked, certain];

async function prepare(world: RandomWorld): Promise<void> {
  const [types = '', ...condition] = world.dsl.split(/(?=condition when)/);
  const dsl = types + platform + condition.join('');
  await owner`truncate relationship`;
  await publish(server().running.postern, dsl);
  const model = storedModel(dsl);
  const valid = world.stored.filter((one) => validateRelationship(model, one).ok);
  await write(server().running.postern, [...valid, `platform:main#operator@${asker}`]);
}

interface Page {
  readonly found: readonly string[];
  readonly everybody: boolean;
  readonly undecided: number;
}

const [first = '', ...others] = Object.keys(doors);
const worlds = randomWorlds(randomModels.filter(({ dsl }) => parseModel({ kind: 'dsl', dsl }).ok));

test(`two doors, one answer (seed ${seed})`, { timeout: Math.max(120_000, wanted * 30) }, async () => {
  const answers = new Map<string, number>();
  let count = 0;
  const judge = async (world: RandomWorld) => {
    await prepare(world);
    const given = await askAll();
    for (const name of others) expect(given[name], name).toEqual(given[first]);
    for (const [, answer] of given[first] ?? []) answers.set(answer, (answers.get(answer) ?? 0) + 1);
    count += questions.length;
    for (const type of ['doc', 'folder']) {
      const [objects, subjects] = [await graphqlObjects('user:1', 'a', type), await graphqlSubjects(`${type}:1`, 'b')];
      expect(await authzenResources('user:1', 'a', type)).toEqual(objects);
      expect(await mcpObjects('user:1', 'a', type)).toEqual(objects);
      expect(await authzenSubjects(`${type}:1`, 'b')).toEqual(subjects);
      expect(await mcpSubjects(`${type}:1`, 'b')).toEqual(subjects);
    }
  };
  const numRuns = Math.ceil(wanted / questions.length);
  await fc.assert(fc.asyncProperty(worlds, judge), { seed, numRuns, endOnFailure: true });
  expect(count).toBeGreaterThanOrEqual(wanted);
  // Doors that refuse everything agree as well.
  for (const answer of ['allowed', 'denied', 'UNKNOWN_RELATION', 'UNKNOWN_TYPE'])
    expect(answers.get(answer), answer).toBeGreaterThan(0);
});

test(`what agents read is what GraphQL shows (seed ${seed})`, {
  timeout: Math.max(120_000, readWorlds * 10_000),
}, async () => {
  const counts = { answered: 0, refused: 0 };
  const judge = async (world: RandomWorld) => {
    await prepare(world);
    for (const object of ['doc:1', 'folder:1']) {
      for (const { question, agents, graphql } of await askReads(server(), object, [asker, 'user:1', 'user:2'])) {
        expect(agents, question).toEqual(graphql);
        counts[JSON.stringify(agents).startsWith('{"refused"') ? 'refused' : 'answered']++;
      }
    }
  };
  await fc.assert(fc.asyncProperty(worlds, judge), { seed, numRuns: readWorlds, endOnFailure: true });
  expect(counts.answered).toBeGreaterThan(readWorlds * 20);
  expect(counts.refused).toBeGreaterThan(readWorlds * 20);
});

async function askAll(): Promise<Readonly<Record<string, readonly (readonly [string, string])[]>>> {
  const given: Record<string, readonly (readonly [string, string])[]> = {};
  for (const [name, ask] of Object.entries(doors)) {
    const answers = await ask(server(), questions);
    given[name] = questions.map(({ subject, relation, object, context }, index) => [
      `${subject} ${relation} ${object} ${JSON.stringify(context)}`,
      answers[index] ?? '',
    ]);
  }
  return given;
}

async function graphqlObjects(subject: string, permission: string, type: string): Promise<Page> {
  const { data } = await server().ask(
    `{ accessibleObjects(subject: "${subject}", permission: "${permission}", type: "${type}", first: 100, context: { x: 1 }) { edges { node } undecided { object } } }`,
    { as: asker },
  );
  const { edges, undecided } = (data as { accessibleObjects: Listed }).accessibleObjects;
  return { found: edges.map(({ node }) => node).toSorted(), everybody: false, undecided: undecided.length };
}

async function graphqlSubjects(object: string, permission: string): Promise<Page> {
  const { data } = await server().ask(
    `{ subjectsWithAccess(object: "${object}", permission: "${permission}", subjectType: "user", first: 100, context: { x: 1 }) { edges { node } undecided { subject } } }`,
    { as: asker },
  );
  const { edges, undecided } = (data as { subjectsWithAccess: Listed }).subjectsWithAccess;
  const found = edges.map(({ node }) => node);
  return {
    found: found.filter((node) => node !== 'user:*').toSorted(),
    everybody: found.includes('user:*'),
    undecided: undecided.length,
  };
}

interface Listed {
  readonly edges: readonly { readonly node: string }[];
  readonly undecided: readonly object[];
}

async function mcpObjects(subject: string, permission: string, type: string): Promise<Page> {
  const { objects, undecidedCount } = await mcpList('list_objects', { subject, permission, type });
  return { found: objects.toSorted(), everybody: false, undecided: undecidedCount };
}

async function mcpSubjects(object: string, permission: string): Promise<Page> {
  const { subjects, undecidedCount } = await mcpList('list_subjects', { object, permission, subjectType: 'user' });
  const found = subjects.filter((one) => one !== 'user:*').toSorted();
  return { found, everybody: subjects.includes('user:*'), undecided: undecidedCount };
}

interface McpList {
  readonly objects: readonly string[];
  readonly subjects: readonly string[];
  readonly undecidedCount: number;
}

async function mcpList(tool: string, sent: object): Promise<McpList> {
  const { text, body } = await callTool(server(), tool, { ...sent, first: 100, context: { x: 1 } }, { as: asker });
  if (body?.result?.structuredContent === undefined) throw new Error(text);
  return body.result.structuredContent as unknown as McpList;
}

async function authzenResources(subject: string, action: string, type: string): Promise<Page> {
  const [subjectType, id] = subject.split(':');
  const question = { subject: { type: subjectType, id }, action: { name: action }, resource: { type } };
  return pageOf(await post(server(), 'search/resource', { ...question, context: { x: 1 } }, { as: asker }));
}

async function authzenSubjects(resource: string, action: string): Promise<Page> {
  const [type, id] = resource.split(':');
  const question = { subject: { type: 'user' }, action: { name: action }, resource: { type, id } };
  return pageOf(await post(server(), 'search/subject', { ...question, context: { x: 1 } }, { as: asker }));
}

function pageOf({ body }: { readonly body: unknown }): Page {
  const { results, context = {} } = body as {
    readonly results: readonly { readonly type: string; readonly id: string }[];
    readonly context?: { readonly everybody?: true; readonly undecided?: Readonly<Record<string, number>> };
  };
  return {
    found: results.map(({ type, id }) => `${type}:${id}`).toSorted(),
    everybody: context.everybody === true,
    undecided: Object.values(context.undecided ?? {}).reduce((total, count) => total + count, 0),
  };
}
