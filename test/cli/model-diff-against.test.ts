import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { dsl } from '../support/parse.ts';
import { type PosternServer, startPosternServer } from '../support/postern-server.ts';
import { runProgram } from '../support/run-program.ts';

const database = useDatabase();

const types = (editor: string) => ({
  user: {},
  platform: { reader: '[user]', can_read_model: 'reader' },
  doc: { owner: '[user, user with late]', editor, can_edit: 'editor' },
});
const late = (parameters: string) => ({ late: `(${parameters}) {\n  hour > 17 && zone == "Z"\n}` });
const same = dsl(types('[user]'), late('zone: string, hour: int'));
const reordered = dsl(types('[user]'), late('hour: int, zone: string'));
const other = dsl(types('[user] or owner'), late('zone: string, hour: int'));
const indented = (text: string) => text.replaceAll(/^/gm, '  ');

let postern: PosternServer;
let folder = '';
/** Sends everybody to the Postern, and keeps what they have sent. */
let elsewhere: Server;
const sent: (string | undefined)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-against-'));
  const store = `model: |\n${indented(same)}\ntuples:\n  - { user: "user:ann", relation: reader, object: "platform:main" }\n`;
  postern = await startPosternServer({ databaseUrl: database(), store });
  elsewhere = createServer((request, response) => {
    if (request.url === '/page') return void response.end('<html></html>');
    sent.push(request.headers.authorization);
    response.writeHead(307, { location: postern.url }).end();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  await write('same.fga', same);
  await write('reordered.fga', reordered);
  await write('retyped.fga', reordered.replace('hour: int', 'hour: double').replace('> 17 ', '> 17.0 '));
  await write('other.fga', other);
  await write('broken.fga', same.replace('owner', 'owner owner'));
  await write(
    'data.fga.yaml',
    `model_file: other.fga\ntuples:\n  - { user: "user:eve", relation: owner, object: "doc:1" }\n`,
  );
  await write(
    'wrong.fga.yaml',
    `model_file: other.fga\ntuples:\n  - { user: "user:eve", relation: nobody, object: "doc:1" }\n`,
  );
  await write('token', `${await postern.token('user:ann')}\n`);
  await write('stranger', await postern.token('user:bob'));
  await write('nonsense', 'nonsense');
});

afterAll(async () => {
  await postern?.stop();
  elsewhere?.close();
  await rm(folder, { recursive: true, force: true });
});

function write(name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text);
}

const named = (name: string) => join(folder, name);

/** What it ends with, and the lines that it prints; `URL` is the Postern. */
async function diff(...args: readonly string[]) {
  const own = args.map((one) => one.replace('URL', postern.url));
  const { code, output } = await runProgram(['model', 'diff', ...own], { environment: { DATABASE_URL: database() } });
  return { code, lines: output.replaceAll(folder, 'FOLDER').replaceAll(postern.url, 'URL').trim().split('\n') };
}

const against = (...args: readonly string[]) => diff(...args, '--against', 'URL', '--token-file', named('token'));

test('a model that says the same is told as that, from a file and from the database', async () => {
  expect(await against(named('same.fga'))).toEqual({
    code: 0,
    lines: ['Nothing would change: the model "FOLDER/same.fga" says the same as the model 1 at "URL".'],
  });
  expect(await against()).toMatchObject({ code: 0, lines: [expect.stringContaining('the model 1 of this database')] });
  expect(await against('1')).toMatchObject({ code: 0 });
});

test('the order of the parameters of a condition is no change, and the type of one is', async () => {
  expect(await against(named('reordered.fga'))).toMatchObject({ code: 0 });
  const { code, lines } = await against(named('retyped.fga'));
  expect([code, lines.slice(1)]).toEqual([
    1,
    [
      '~ condition late(hour: int, zone: string): hour > 17 && zone == "Z" -> (hour: double, zone: string): hour > 17.0 && zone == "Z"',
    ],
  ]);
});

test('the creators’ model says the same as it was published', async () => {
  const creators = 'examples/creators/fga.mod';
  await runProgram(['model', 'publish', creators], { environment: { DATABASE_URL: database() } });
  expect(await diff('2', creators)).toEqual({
    code: 0,
    lines: ['Nothing changes: the model says the same as the one before.', 'Nobody loses or gains a permission.'],
  });
});

test('a model that says something else is told with what and, with relationships, for whom', async () => {
  const lines = [
    'From the model 1 at "URL" to the model "FOLDER/other.fga":',
    '~ doc#editor: [user] -> [user] or owner',
  ];
  expect(await against(named('other.fga'))).toEqual({ code: 1, lines });
  expect(await against(named('other.fga'), '--data', named('data.fga.yaml'))).toEqual({
    code: 1,
    lines: [
      ...lines,
      'With the relationships of "FOLDER/data.fga.yaml":',
      '1 subject gains can_edit on 1 doc.',
      '  user:eve on doc:1',
    ],
  });
});

test('a token may be in the environment, and nowhere on the command line', async () => {
  const environment = { DATABASE_URL: database(), POSTERN_AGAINST_TOKEN: await postern.token('user:ann') };
  const { code } = await runProgram(['model', 'diff', named('same.fga'), '--against', postern.url], { environment });
  expect(code).toBe(0);
});

test.each<[what: string, args: () => readonly string[], says: string]>([
  ['no token', () => [named('same.fga'), '--against', 'URL'], 'Next: name a file with --token-file'],
  [
    'a token that is none',
    () => [named('same.fga'), '--against', 'URL', '--token-file', named('nonsense')],
    'Next: name a file with --token-file',
  ],
  [
    'somebody without the right',
    () => [named('same.fga'), '--against', 'URL', '--token-file', named('stranger')],
    '"can_read_model" there',
  ],
  [
    'a file of a token that is not there',
    () => [named('same.fga'), '--against', 'URL', '--token-file', named('tokens')],
    'There is no file "FOLDER/tokens". Did you mean "FOLDER/token"?',
  ],
  [
    'a model that is none',
    () => [named('broken.fga'), '--against', 'URL'],
    'The model "FOLDER/broken.fga" is not valid.',
  ],
  ['a model that is not there', () => ['7', '--against', 'URL'], 'There is no model "7" here.'],
  ['two models', () => [named('same.fga'), named('other.fga'), '--against', 'URL'], 'is one model too many.'],
  [
    'nobody who answers',
    () => [named('same.fga'), '--against', 'http://127.0.0.1:1/graphql'],
    'Nothing answers at "http://127.0.0.1:1/graphql".',
  ],
  ['something else that answers', () => [named('same.fga'), '--against', addressOf('/page')], 'is no Postern.'],
  [
    'an address that is not encrypted',
    () => [named('same.fga'), '--against', 'http://192.0.2.1/graphql'],
    '"http://192.0.2.1/graphql" is not encrypted, and on another machine. Next: use "https".',
  ],
  [
    'an address with a password',
    () => [named('same.fga'), '--against', 'https://ann:secret@192.0.2.1/graphql'],
    'An address with a name or a password is not taken.',
  ],
  ['no address', () => [named('same.fga'), '--against', 'production'], '"production" is no address.'],
  [
    'relationships of another model',
    () => [named('other.fga'), '--against', 'URL', '--token-file', named('token'), '--data', named('wrong.fga.yaml')],
    'are none of the model that runs',
  ],
])('%s is no difference, and not the lack of one', async (_what, args, says) => {
  // biome-ignore format: a table
  const { code, lines } = await diff(...args());
  expect([code, lines.join('\n')]).toEqual([2, expect.stringContaining(says)]);
  expect(lines.join('\n')).toContain('The models could not be compared.');
  expect(lines.join('\n')).not.toContain('secret');
});

test('a token goes only where it was meant to', async () => {
  expect(
    await diff(named('same.fga'), '--against', addressOf('/graphql'), '--token-file', named('token')),
  ).toMatchObject({ code: 2 });
  expect(sent).toEqual([`Bearer ${await readToken()}`]);
});

function addressOf(path: string): string {
  const { port } = elsewhere.address() as AddressInfo;
  return `http://127.0.0.1:${port}${path}`;
}

async function readToken(): Promise<string> {
  return (await readFile(named('token'), 'utf8')).trim();
}

test('what is for it alone is not taken without it', async () => {
  for (const args of [[], [named('same.fga'), '--data', named('data.fga.yaml')]]) {
    expect(await diff(...args)).toMatchObject({ code: 1, lines: [''] });
  }
});
