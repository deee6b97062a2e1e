import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingCodes } from '../../../src/cli/lint/finding-codes.ts';
import { buildCreatorsSubgraph } from '../../support/creators-subgraph.ts';
import { useDatabase } from '../../support/database.ts';
import { runMain } from '../../support/run-main.ts';
import { runProgram } from '../../support/run-program.ts';
import { composed, link, linked, lintTexts, model, subgraph } from './support/lint-texts.ts';

const databaseUrl = useDatabase();
const edit = '@requiresPermission(permission: "can_edit")';
const root = 'extend type Query { track(id: ID!): Track }';
const track = (fields: string) => `${root}\ntype Track @key(fields: "id") { id: ID! ${fields} }`;
const good = subgraph(track(`x: Int ${edit}`));
const forgotten = linked(link, track(`x: Int ${edit}`));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-lint-'));
  const files = { 'good.graphql': good, 'forgotten.graphql': forgotten, 'model.fga': model, 'bad.fga': 'type' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});

afterAll(() => rm(folder, { recursive: true }));

const place = () => ({ folder, environment: { DATABASE_URL: databaseUrl() } });
const run = (...args: string[]) => runProgram(['lint', ...args], place());

describe('a run of the command', () => {
  test('fails for a forgotten @composeDirective, and says what to write', async () => {
    await using main = runMain(['lint', '--model', 'model.fga', 'forgotten.graphql'], place());
    const { code, output } = await main.end;
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(
        /^forgotten\.graphql:6:3 {2}missing-compose-directive {2}.* write @composeDirective\(name: "@requiresPermission"\)/,
      ),
    ]);
  });

  test.each<readonly [string, readonly string[], number, RegExp]>([
    [
      'ends well',
      ['--model', 'model.fga', 'good.graphql'],
      0,
      /^Nothing found in 1 guard of 1 subgraph, .*"model\.fga"/,
    ],
    ['cannot run without its file', ['--model', 'model.fga', 'none.graphql'], 2, /There is no file "none\.graphql"/],
    ['cannot run without its model', ['--model', 'none.fga', 'good.graphql'], 2, /"none\.fga" cannot be read/],
    ['cannot run with a wrong model', ['--model', 'bad.fga', 'good.graphql'], 2, /"bad\.fga" is not valid/],
    ['cannot run without an active model', ['good.graphql'], 2, /No model is active; name one/],
    [
      'cannot run without its supergraph',
      ['--model', 'model.fga', '--supergraph', 'no', 'good.graphql'],
      2,
      /There is no file "no"/,
    ],
    [
      'refuses an unknown option',
      ['--modle', 'model.fga', 'good.graphql'],
      2,
      /There is no option "--modle"\. Did you mean "--model"\?/,
    ],
    [
      'refuses an unknown format',
      ['--format', 'xml', 'good.graphql'],
      2,
      /The option "--format" takes no "xml"\. It takes "text" or "json" or "github"\./,
    ],
    ['refuses no number of warnings', ['--max-warnings', 'no', 'good.graphql'], 2, /"no" is no whole number/],
    ['needs a subgraph', [], 2, /The argument "subgraphs" is missing\./],
    ['helps', ['--help'], 0, /find what is wrong with @requiresPermission/],
  ])('%s', async (_what, args, code, pattern) => {
    const ended = await run(...args);
    expect([ended.code, ended.output + ended.errors]).toEqual([code, expect.stringMatching(pattern)]);
  });

  test('takes the active model of the database', async () => {
    expect((await runProgram(['model', 'publish', '--activate', 'model.fga'], place())).code).toBe(0);
    const { code, output } = await run('good.graphql', '--format', 'json');
    expect([code, JSON.parse(output)]).toEqual([
      0,
      expect.objectContaining({ model: 'the active model 1', guards: 1 }),
    ]);
  });
});

describe('the report', () => {
  const wrong = { 'a,b.graphql': subgraph(track('x: Int! @requiresPermission(permission: "100%\\ncan_edit")')) };
  const place = 'a,b.graphql:20:49';

  test('is text for people', async () => {
    const { output } = await lintTexts(wrong, { format: 'text' });
    expect(output.split('\n')).toEqual([
      expect.stringContaining(`${place}  malformed-directive  `),
      '',
      expect.stringMatching(
        /^1 error and 0 warnings in 0 guards of 1 subgraph, compared with the model "model\.fga"\.$/,
      ),
      expect.stringContaining('docs/lint.md'),
    ]);
  });

  test('is data', async () => {
    const { output } = await lintTexts({ 'a.graphql': subgraph(track(`x: Int! ${edit}`)) }, { permissions: true });
    expect(JSON.parse(output)).toEqual({
      version: 1,
      subgraphs: [{ name: 'a', file: 'a.graphql' }],
      model: expect.stringContaining('model.fga'),
      guards: 1,
      errors: 0,
      warnings: 1,
      findings: [
        {
          code: 'error-on-non-null',
          severity: 'warning',
          message: '"Track.x" cannot be null, so a denial takes the whole "Track" away; take the "!" away.',
          file: 'a.graphql',
          line: 20,
          column: 49,
        },
      ],
      permissions: [{ permission: 'can_edit', type: 'track', guards: [{ coordinate: 'Track.x', subgraph: 'a' }] }],
    });
  });

  test('is annotations, in which nothing ends a field early', async () => {
    const texts = { 'a,b%.graphql': subgraph(track('x: Int @requiresPermission(permission: "can_%::edit")')) };
    const [first = ''] = (await lintTexts(texts, { format: 'github' })).output.split('\n');
    expect(first).toMatch(/^::error file=[^:,]*a%2Cb%25\.graphql,line=20,col=48,title=malformed-directive::@requires/);
    const named = { 'a.graphql': subgraph(track('x: Int @requiresPermission(permission: "can_%_edit")')) };
    expect((await lintTexts(named, { format: 'github' })).output).toContain('no permission "can_%25_edit"');
  });

  test('keeps a finding on one line, whatever the schema says', async () => {
    const { output } = await lintTexts(
      { 'a.graphql': subgraph(track('x: Int @requiresPermission(permission: "a", onDeny: "\\n::error::\\u001b[2J")')) },
      { format: 'github' },
    );
    expect(output.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
    expect(output).not.toContain('\u001b');
  });

  test('ends with 1 for more warnings than are allowed', async () => {
    const texts = { 'a.graphql': subgraph(track(`x: Int! ${edit}`)) };
    const ends = [undefined, 1, 0].map(async (maxWarnings) => {
      const { end } = await lintTexts(texts, maxWarnings === undefined ? {} : { maxWarnings });
      return end;
    });
    expect(await Promise.all(ends)).toEqual([0, 0, 1]);
  });

  test('tells what each permission guards, in the order of names', async () => {
    const listen = '@requiresPermission(permission: "can_listen", object: "track:{$args.id}")';
    const texts = {
      'b.graphql': subgraph(`type Track @key(fields: "id") { id: ID! y: Int ${edit} }`),
      'a.graphql': subgraph(
        `${track(`x: Int ${edit} z: Int ${edit}`)}\nextend type Query { play(id: ID!): Int ${listen} }`,
      ),
    };
    const { output } = await lintTexts(texts, { format: 'text', permissions: true });
    expect(output.split('\n').slice(0, -1)).toEqual([
      'can_edit on track',
      '  Track.x (a)',
      '  Track.y (b)',
      '  Track.z (a)',
      '',
      'can_listen on track',
      '  Query.play (a)',
      '',
    ]);
  });
});

describe('the inputs', () => {
  test('are called by their file, their folder, or as one says', async () => {
    const texts = { 'a.graphql': good };
    const named = await lintTexts(texts, { sources: [`music=${join(folder, 'good.graphql')}`] });
    expect(JSON.parse(named.output)).toMatchObject({ subgraphs: [{ name: 'music' }] });
    const twice = await lintTexts(texts, { sources: ['a/schema.graphql', 'b/a/schema.graphql'] });
    expect(twice.end).toBe(
      'Two subgraphs are called "a"; write another name in front, such as "other=b/a/schema.graphql".',
    );
  });

  test.each<readonly [string, string, string | number]>([
    ['tells its SDL', JSON.stringify({ data: { _service: { sdl: forgotten } } }), 1],
    ['hides it', '{"errors":[{"message":"no"}]}', 'does not tell its SDL but answers'],
    ['speaks no JSON', '<html>', 'is no GraphQL server'],
  ])('may be a running subgraph, which %s', async (_what, answer, expected) => {
    const server = createServer((_request, response) => response.end(answer)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    try {
      const { end } = await lintTexts({}, { sources: [`http://127.0.0.1:${port}/graphql`] });
      expect(end).toEqual(typeof expected === 'number' ? expected : expect.stringContaining(expected));
    } finally {
      server.close();
    }
  });

  test('may be unreadable in part: the others are still looked at', async () => {
    const { found, end } = await lintTexts({ 'a.graphql': '{', 'b.graphql': forgotten });
    expect([found, end]).toEqual([['a.graphql:1:2 unreadable-sdl', 'b.graphql:6:3 missing-compose-directive'], 1]);
  });

  test('may have entities with another name than their type', async () => {
    const texts = {
      'a.graphql': subgraph(
        `extend type Query { r: Recording }\ntype Recording @key(fields: "id") { id: ID! x: Int ${edit} }`,
      ),
    };
    expect((await lintTexts(texts)).found).toEqual(['a.graphql:20:52 unknown-type']);
    const environment = { POSTERN_ENTITIES: '{ "track": { "name": "Recording" } }' };
    expect((await lintTexts(texts, { environment })).found).toEqual([]);
  });

  test.each([
    ['by other names of federation', '"@key"', '{ name: "@key", as: "@identified" }', '@identified(fields: "id")'],
    ['by names with a prefix', '"@key" ', '', '@federation__key(fields: "id")'],
  ])('may call directives %s', async (_how, from, to, key) => {
    const guarded = `x: Int ${edit}`;
    const sdl = subgraph(`${root}\ntype Track ${key} { id: ID! ${guarded} }`).replace(from, to);
    expect((await lintTexts({ 'a.graphql': sdl })).found).toEqual([]);
  });

  test('may call their root types otherwise', async () => {
    const object = '@requiresPermission(permission: "can_edit", object: "track:{$this.id}")';
    const sdl = good.replace('extend schema', 'schema').replace(composed, `${composed} { query: Root }`);
    const other = `${sdl.replace('type Query', 'type Root').replace('extend type Query', 'extend type Root')}\nextend type Root { y: Int ${object} }`;
    expect((await lintTexts({ 'a.graphql': other })).found).toEqual(['a.graphql:21:27 this-on-root']);
  });
});

describe('the creators', () => {
  const supergraph = 'examples/creators/supergraph';

  const lintCreators = async (postern: string | undefined) => {
    const names = (await readdir(supergraph, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    const files = names.map(({ name }) => join(supergraph, name, 'schema.graphql'));
    const texts = postern === undefined ? {} : { 'postern.graphql': postern };
    if (postern !== undefined) await writeFile(join(folder, 'postern.graphql'), postern);
    const sources = postern === undefined ? files : [...files, join(folder, 'postern.graphql')];
    return lintTexts(texts, { sources, model: 'examples/creators/fga.mod', maxWarnings: 0 });
  };

  test('guard without a mistake, alone and with Postern beside them', async () => {
    const alone = await lintCreators(undefined);
    const together = await lintCreators((await buildCreatorsSubgraph()).sdl);
    expect([alone.found, alone.end, together.found, together.end]).toEqual([[], 0, [], 0]);
  });

  test("leave Postern's own permissions open where they guard a whole type", async () => {
    const guarded = `type Track @key(fields: "id") @requiresPermission(permission: "can_edit") { id: ID! x: Int }`;
    const texts = {
      'a.graphql': subgraph(`${root}\n${guarded}`),
      'b.graphql': subgraph(
        'type Track @key(fields: "id") { id: ID! permissions: TrackPermissions }\ntype TrackPermissions { canEdit: Boolean! }',
      ),
    };
    expect((await lintTexts(texts)).found).toEqual([]);
  });
});

test('the documentation has a row for every code, and for nothing else', async () => {
  const rows = (await readFile('docs/lint.md', 'utf8')).match(/^\| `[a-z][a-z-]*` \|.*$/gm) ?? [];
  const expected = Object.entries(findingCodes).map(
    ([code, { severity, meaning }]) => `| \`${code}\` | ${severity} | ${meaning} |`,
  );
  expect(rows).toEqual(expected);
});
