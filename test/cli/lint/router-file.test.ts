import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lintTexts, subgraph } from './support/lint-texts.ts';

const music = subgraph(
  'extend type Query { track: Track }\ntype Track @key(fields: "id") { id: ID! x: Int @requiresPermission(permission: "can_edit") }',
);

let folder: string;
/** The configuration that the documentation tells people to write. */
let recipe: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-router-'));
  const page = await readFile('docs/gateways.md', 'utf8');
  recipe = /```yaml router\.yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function lintRouter(text: string, foreign: readonly string[] = ['music']) {
  const router = join(folder, 'router.yaml');
  await writeFile(router, text);
  const { end, output } = await lintTexts({ 'music.graphql': music }, { foreign, router });
  const told = output.startsWith('{')
    ? (JSON.parse(output) as { findings: { code: string; message: string }[] })
    : { findings: [] };
  return { end, told: told.findings.map(({ code, message }) => `${code} ${message}`) };
}

test('what the documentation tells to write is all that is needed', async () => {
  expect(recipe).toContain('subgraph_request_id');
  expect(await lintRouter(recipe)).toEqual({ end: 0, told: [] });
});

test.each<readonly [string, RegExp, string, RegExp]>([
  ['headers', /headers: true # and the token\n/, '\n', /"headers: true" at coprocessor\.subgraph\.all\.request/],
  ['the name of the fetch', /subgraph_request_id: true\n/, '\n', /"subgraph_request_id: true" at .*request/],
  ['a context of its own', /context: \{ selective: .*\}/, 'context: all', /selective: \["postern::foreign"\]/],
  ['the context of the answer', /context: all/, 'context: true', /"context: all" at .*response/],
  [
    'every fetch',
    /( +)response:\n( +)context/,
    '$1response:\n$2condition: { eq: [1, 2] }\n$2context',
    /has a condition/,
  ],
  ['whose fetch it is', /named: authorization/, 'named: cookie', /not sent to "music"/],
])('a router that is not told %s is named', async (_what, from, to, told) => {
  const changed = recipe.replace(from, to);
  expect(changed).not.toBe(recipe);
  const found = await lintRouter(changed);
  expect(found).toEqual({ end: 1, told: [expect.stringMatching(told)] });
  expect(found.told[0]).toMatch(/^router-not-told /);
});

test.each<readonly [string, string, readonly string[], RegExp]>([
  ['no YAML', 'a: [', ['music'], /router\.yaml" cannot be read/],
  ['without subgraphs that it is about', 'a: 1', [], /"--router" is about the subgraphs that "--foreign" names/],
  ['of a subgraph that there is not', 'a: 1', ['musik'], /"musik", which --foreign names.*"music"/],
])('a configuration %s is told', async (_what, text, foreign, told) => {
  expect((await lintRouter(text, foreign)).end).toMatch(told);
});
