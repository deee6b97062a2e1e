import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import syntaxTransformer from '@openfga/syntax-transformer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyPlan } from '../../../src/cli/moving/apply/apply-plan.ts';
import { follow } from '../../../src/cli/moving/follow/follow.ts';
import { OpenfgaClient } from '../../../src/cli/moving/openfga/openfga-client.ts';
import { readOpenfgaFile } from '../../../src/cli/moving/openfga/read-openfga-file.ts';
import { readOpenfgaLive } from '../../../src/cli/moving/openfga/read-openfga-live.ts';
import { makePlan } from '../../../src/cli/moving/plan/make-plan.ts';
import type { MovingPlan } from '../../../src/cli/moving/plan/moving-plan.ts';
import { planOpenfga } from '../../../src/cli/moving/plan/plan-openfga.ts';
import { relationshipLine } from '../../../src/cli/moving/plan/relationship-line.ts';
import { recordOf } from '../../../src/operations/relationship-record.ts';
import { useDatabase } from '../../support/database.ts';
import { type OpenfgaServer, startOpenfgaServer } from '../../support/openfga-server.ts';
import { useScratchPostern } from '../../support/scratch-postern.ts';

const databaseUrl = useDatabase();
const scratch = useScratchPostern();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-openfga-'));
});

afterAll(() => rm(folder, { recursive: true }));

const model = `model
  schema 1.1

type user

type team
  relations
    define member: [user]

type page
  relations
    define owner: [user]
    define viewer: [user, team#member, user with near]
    define can_view: viewer or owner
    define can_manage_access: owner

condition near(distance: int, most: int) {
  distance <= most
}
`;
const indented = model.replaceAll(/^(?=.)/gm, '  ');

const ann = { user: 'user:ann', relation: 'owner', object: 'page:1' };
const bea = { user: 'user:bea', relation: 'viewer', object: 'page:1' };
const near = { ...bea, user: 'user:cem', condition: { name: 'near', context: { most: 5 } } };
const gone = { user: 'user:ann', relation: 'editor', object: 'page:1' };
const long = { ...bea, user: `user:${'x'.repeat(300)}` };

async function planOf(name: string, text: string, modelFile?: string): Promise<MovingPlan> {
  await writeFile(join(folder, name), text);
  if (modelFile !== undefined) await writeFile(join(folder, modelFile), model);
  const source = await readOpenfgaFile(join(folder, name), modelFile && join(folder, modelFile));
  return planOpenfga(name, source);
}

const csv = 'user_type,user_id,user_relation,relation,object_type,object_id,condition_name,condition_context\n';
const withTime = (key: unknown) => ({ key, timestamp: '2026-01-01T00:00:00Z' });
const flow = (value: unknown) => JSON.stringify(value);

describe('what the tools of OpenFGA give out', () => {
  test.each<[name: string, text: string]>([
    ['a.json', flow({ continuation_token: '', tuples: [withTime(ann), withTime(near)] })],
    ['b.json', flow([withTime({ ...ann, condition: null }), withTime(near)])],
    ['c.json', flow([ann, near])],
    ['d.jsonl', `${flow(ann)}\n\n${flow(withTime(near))}\n`],
    ['e.yaml', `- ${flow(ann)}\n- ${flow(near)}\n`],
    ['f.yaml', `tuples:\n  - key: ${flow(ann)}\n  - key: ${flow(near)}\n`],
    ['g.csv', `${csv}user,ann,,owner,page,1,,\nuser,cem,,viewer,page,1,near,"{""most"":5}"\n`],
    ['h.fga.yaml', `name: pages\nmodel: |\n${indented}tuples:\n  - ${flow(ann)}\n  - ${flow(near)}\n`],
  ])('%s is read', async (name, text) => {
    const plan = await planOf(name, text, name.startsWith('h') ? undefined : 'model.fga');
    expect(plan.relationships.map(relationshipLine).toSorted()).toEqual([
      '{"condition":{"context":{"most":5},"name":"near"},"object":"page:1","relation":"viewer","user":"user:cem"}',
      '{"object":"page:1","relation":"owner","user":"user:ann"}',
    ]);
    expect(plan.counts.map(({ as, in: read, out }) => [as, read, out])).toEqual([
      ['page#owner', 1, 1],
      ['page#viewer', 1, 1],
    ]);
    expect(plan.warnings).toEqual([]);
  });

  test('has a line for everything: what comes in, what has another meaning, what stays behind', async () => {
    const tuples = [ann, ann, bea, gone, long, { ...near, condition: { name: 'near', context: { most: 'far' } } }];
    const lines = tuples.map((tuple) => `  - ${flow(tuple)}`).join('\n');
    const tests =
      'tests:\n  - check:\n      - user: user:ann\n        object: page:1\n        assertions: { can_view: true }\n';
    const plan = await planOf('traps.fga.yaml', `model: |\n${indented}tuples:\n${lines}\n${tests}`);
    expect(plan.constructs.map(({ line, kind, construct }) => `${line} ${kind} ${construct}`)).toEqual([
      '5 exact type user',
      '7 exact type team',
      '9 exact relation team#member',
      '11 exact type page',
      '13 exact relation page#owner',
      '14 exact relation page#viewer',
      '15 exact relation page#can_view',
      '16 changed relation page#can_manage_access',
      '18 exact condition near',
    ]);
    expect(plan.refused.map(({ line, kind }) => `${line} ${kind}`)).toEqual(['25 unknown', '26 long-id', '27 context']);
    expect(plan.refused[0]?.why).toBe('Unknown relation "editor" on type "page".');
    expect(plan.counts).toEqual([
      { type: 'page', relation: 'editor', as: 'page#editor', in: 1, out: 0, refused: 1, expired: 0, duplicate: 0 },
      { type: 'page', relation: 'owner', as: 'page#owner', in: 2, out: 1, refused: 0, expired: 0, duplicate: 1 },
      { type: 'page', relation: 'viewer', as: 'page#viewer', in: 3, out: 1, refused: 2, expired: 0, duplicate: 0 },
    ]);
    expect(plan.assertions.map(({ text, expected }) => [text, expected])).toEqual([
      ['user:ann can_view page:1', 'allowed'],
    ]);
  });

  test.each([
    [99, 0],
    [100, 1],
    [101, 0],
  ])('an export of %d relationships has %d warnings', async (count, warnings) => {
    const tuples = Array.from({ length: count }, (_, index) => `  - ${flow({ ...bea, user: `user:${index}` })}`);
    const plan = await planOf('many.fga.yaml', `model: |\n${indented}tuples:\n${tuples.join('\n')}\n`);
    expect(plan.warnings).toHaveLength(warnings);
    if (warnings > 0) expect(plan.warnings[0]).toMatch(/exactly 100 relationships, .* it may be cut off\. Next: /);
  });

  test.each<[text: string, modelFile: string | undefined, said: RegExp]>([
    [
      flow([ann]),
      undefined,
      /holds relationships, and no model that they are for\. Next: name its file with --model\./,
    ],
    [flow({ continuation_token: 'abc', tuples: [ann] }), 'model.fga', /is one page of several/],
    [flow([{ user: 1 }]), 'model.fga', /cannot be read\.\nx\.json:1/],
    ['{}', 'model.fga', /is no store and no list of relationships/],
  ])('%s is refused', async (text, modelFile, said) => {
    await expect(planOf('x.json', text, modelFile)).rejects.toThrow(said);
  });

  test('a model that Postern does not take has a line', async () => {
    const plan = await planOf(
      'wrong.fga.yaml',
      `model: |\n${indented.replace('[user, team', '[usr, team')}tuples: []\n`,
    );
    expect(plan.constructs).toMatchObject([{ line: 14, construct: 'model', kind: 'refused', refusal: 'model' }]);
  });
});

const document = syntaxTransformer.transformer.transformDSLToJSONObject(model) as unknown as Readonly<
  Record<string, unknown>
>;
const expectation = { tuple_key: { user: 'user:ann', relation: 'can_view', object: 'page:1' }, expectation: true };

async function liveServer(): Promise<OpenfgaServer> {
  const server = await startOpenfgaServer(document, [expectation]);
  server.write(ann);
  server.write(bea);
  for (let index = 0; index < 250; index += 1) server.write({ ...bea, user: `user:${index}` });
  return server;
}

async function planLive(server: OpenfgaServer, name: string): Promise<string> {
  const client = new OpenfgaClient(server.url, server.store, undefined);
  const plan = planOpenfga(server.url, await readOpenfgaLive(client, server, () => {}));
  const into = join(folder, name);
  expect(await makePlan(plan, { folder: into, allowed: [], databaseUrl: databaseUrl(), print: () => {} })).toBe(0);
  return into;
}

async function linesIn(into: string): Promise<readonly string[]> {
  return (await readFile(join(into, 'relationships.jsonl'), 'utf8')).trim().split('\n');
}

async function stored(): Promise<readonly string[]> {
  const { relationships } = await scratch.postern.store.readRelationships({}, 10_000, undefined);
  return relationships
    .map(({ relationship }) => recordOf(relationship))
    .map(({ subject, relation }) => `${subject} ${relation}`);
}

describe('a server that runs', () => {
  test('is read while it is written: what changed meanwhile is done again in its order', async () => {
    await using server = await liveServer();
    server.whileRead = () => {
      server.remove({ ...bea, user: 'user:0' });
      server.remove({ ...bea, user: 'user:200' });
      server.write({ ...bea, user: 'user:new' });
      server.remove(bea);
      server.write({ ...bea, condition: { name: 'near', context: { most: 9 } } });
    };
    const into = await planLive(server, 'live');
    const users = (await linesIn(into)).map((line) => (JSON.parse(line) as { user: string }).user);
    expect(users).toHaveLength(251);
    expect(users).toContain('user:new');
    expect(users).not.toContain('user:0');
    expect(users).not.toContain('user:200');
    expect((await linesIn(into)).find((line) => line.includes('user:bea'))).toContain('"most":9');
    const order = server.asked.filter((path) => !path.includes('assertions'));
    expect(order.slice(0, 3)).toEqual(['GET /authorization-models', 'GET /changes', 'POST /read']);
  });

  test('whose model changes while it is read is read again', async () => {
    await using server = await liveServer();
    server.whileRead = () => server.publish(document);
    await expect(planLive(server, 'moved')).rejects.toThrow('was changed while it was read');
  });

  test('that fails is no empty store', async () => {
    await using server = await liveServer();
    server.failure = 401;
    await expect(planLive(server, 'failed')).rejects.toThrow(/answers 401 .*--token-file/);
  });

  test('is followed until nothing is waiting, goes on where it was, and stops at another model', async () => {
    await using server = await liveServer();
    await scratch.empty();
    const into = await planLive(server, 'followed');
    const { postern } = scratch;
    const lines: string[] = [];
    const print = (line: string) => lines.push(line);
    await expect(follow(postern, into, { once: true }, print)).rejects.toThrow('is not the active one. Next:');
    await applyPlan(postern, into, { replaceModel: false }, print);

    server.remove(bea);
    server.write({ ...bea, condition: { name: 'near', context: { most: 1 } } });
    server.write({ ...bea, user: 'team:all#member' });
    server.remove({ ...bea, user: 'user:1' });
    await follow(postern, into, { once: true }, print);
    expect(lines.at(-2)).toMatch(/^3 changes done, up to \S+: [\d.]+ s behind\.$/);
    expect(lines.at(-1)).toContain('Nothing is waiting at the source: lag 0.');
    expect(await stored()).toEqual(expect.arrayContaining(['team:all#member viewer', 'user:bea viewer']));
    expect(await stored()).not.toContain('user:1 viewer');

    // What was done is done again, as after a process that was stopped before it kept its place.
    await rm(join(into, 'follow.json'));
    const before = await stored();
    await follow(postern, into, { once: true }, print);
    expect(await stored()).toEqual(before);

    server.write(gone);
    await expect(follow(postern, into, { once: true }, print)).rejects.toThrow(
      /"page:1#editor@user:ann" since .* is refused/,
    );
    server.publish(document);
    await expect(follow(postern, into, { once: true }, print)).rejects.toThrow(/model at the source is "M2" by now/);
    expect(await stored()).toEqual(before);
  });
});

/** The address of an OpenFGA that runs, in which a store may be made: TEST_OPENFGA=http://127.0.0.1:8080 */
const real = process.env.TEST_OPENFGA;

test('a real OpenFGA is read, where there is one', async () => {
  if (real === undefined) {
    console.warn('LEFT OUT: no real OpenFGA was read; start one and set TEST_OPENFGA to its address.');
    return;
  }
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${real}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as { readonly id: string };
  };
  const { id: store } = await post('/stores', { name: 'postern-moving' });
  await post(`/stores/${store}/authorization-models`, document);
  for (const key of [ann, bea, near]) await post(`/stores/${store}/write`, { writes: { tuple_keys: [key] } });
  await post(`/stores/${store}/write`, { deletes: { tuple_keys: [bea] } });
  const source = await readOpenfgaLive(new OpenfgaClient(real, store, undefined), { url: real, store }, () => {});
  expect(planOpenfga(real, source).relationships.map(relationshipLine).toSorted()).toEqual([
    '{"condition":{"context":{"most":5},"name":"near"},"object":"page:1","relation":"viewer","user":"user:cem"}',
    '{"object":"page:1","relation":"owner","user":"user:ann"}',
  ]);
  await fetch(`${real}/stores/${store}`, { method: 'DELETE' });
});
