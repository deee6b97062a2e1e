import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allowOnly } from '../src/testing.ts';
import { guard, subgraph } from './support/guarded-subgraph.ts';
import { repository } from './support/installed-package.ts';

interface Snippet {
  readonly language: string;
  /** The file that it is; without a name it only shows something. */
  readonly name: string | undefined;
  readonly text: string;
}

const run = promisify(execFile);
const documents = ['packages/guard/README.md', 'docs/guarding.md'];

async function snippetsOf(document: string): Promise<readonly Snippet[]> {
  const text = await readFile(join(repository, document), 'utf8');
  return Array.from(text.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms), ([, language = '', name, body = '']) => ({
    language,
    name,
    text: body,
  }));
}

/** Inside the repository, so that the snippets find its packages, @postern/guard as it is built among them. */
async function makeFolder(): Promise<string> {
  const parent = join(repository, '.postern');
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, 'snippets-'));
}

describe.each(documents)('%s', (document) => {
  let folder = '';
  let snippets: readonly Snippet[] = [];

  beforeAll(async () => {
    folder = await makeFolder();
    snippets = await snippetsOf(document);
    for (const { name, text } of snippets) if (name !== undefined) await writeFile(join(folder, name), text);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const files = () => snippets.flatMap(({ language, name }) => (language === 'ts' && name !== undefined ? [name] : []));

  test('has a name for each program', () => {
    expect(files()).not.toEqual([]);
    expect(snippets.filter(({ language, name }) => language === 'ts' && name === undefined)).toEqual([]);
  });

  test('its programs compile', async () => {
    const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
    const config = {
      extends: join(repository, 'tsconfig.json'),
      compilerOptions: { noPropertyAccessFromIndexSignature: false },
      include: ['*.ts'],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { stdout } = await run(process.execPath, [compiler, '-p', folder]).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  });

  test('its programs run', async () => {
    for (const name of files()) {
      if (/^const \w+ = createServer|startStandaloneServer\(/m.test(await readFile(join(folder, name), 'utf8'))) {
        await expectGuardedServer(join(folder, name));
      } else {
        await run(process.execPath, [join(folder, name)]);
      }
    }
  });

  test('its other schemas can be guarded', () => {
    for (const { language, name, text } of snippets) {
      if (language === 'graphql' && name === undefined) guard(subgraph(text), allowOnly([]));
    }
  });
});

/** Starts a server on a free port, and asks it as nobody, with a Postern that is not there. */
async function expectGuardedServer(file: string): Promise<void> {
  const environment = { ...process.env, PORT: '0', POSTERN_URL: 'http://127.0.0.1:1/graphql' };
  const server = spawn(process.execPath, [file], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const port = await printedPort(server.stdout);
    const codes = await Promise.all([codesOf(port), codesOf(port, 'Bearer x')]);
    expect(codes).toEqual([['UNAUTHENTICATED'], ['AUTHORIZATION_UNAVAILABLE']]);
  } finally {
    server.kill();
  }
}

async function printedPort(output: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    const [, port] = /(?:localhost:|port: )(\d+)/.exec(text) ?? [];
    if (port !== undefined) return port;
  }
  throw new Error(`The server ended without a port: ${text}`);
}

async function codesOf(port: string, authorization?: string): Promise<readonly unknown[]> {
  const response = await fetch(`http://localhost:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify({ query: '{ track(id: 1) { id royalties } }' }),
  });
  const { errors } = (await response.json()) as { errors: readonly { extensions: { code: unknown } }[] };
  return errors.map(({ extensions }) => extensions.code);
}
