import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildGuardPackage } from '../../scripts/release/build-guard-package.ts';
import { buildServer } from '../../scripts/release/build-server.ts';
import { changesOf, checkRelease } from '../../scripts/release/check-release.ts';
import { pack } from '../../scripts/release/pack.ts';
import { run } from '../../scripts/release/run.ts';
import { createEmptyDatabase } from '../support/database.ts';
import { linkProductionPackages } from './support/production-folder.ts';
import { startProgram } from './support/running-program.ts';

/** With it, packages come from npm's registry, as they do for whoever installs; else they are linked from those that are here. */
const isLong = process.env.TEST_DEPLOY === 'long';
const environment = { ...process.env, GITHUB_SERVER_URL: 'https://git.example', GITHUB_REPOSITORY: 'company/postern' };

let folder: string;
let archive: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-package-')));
  archive = pack(buildServer(join(folder, 'built/server'), environment)).file;
  if (isLong) {
    run('npm', ['init', '--yes'], folder);
    run('npm', ['install', '--omit=optional', '--no-audit', archive], folder);
  } else {
    mkdirSync(join(folder, 'node_modules/postern'), { recursive: true });
    mkdirSync(join(folder, 'node_modules/.bin'));
    run('tar', ['-xzf', archive, '--strip-components=1', '-C', join(folder, 'node_modules/postern')]);
    linkProductionPackages(folder);
    symlinkSync('../postern/src/main.js', join(folder, 'node_modules/.bin/postern'));
  }
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nothing of this repository, but the Node that runs the test. */
function surroundings(more: Readonly<Record<string, string>> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, PORT: '0', ...(!isLong && { NODE_PRESERVE_SYMLINKS: '1' }), ...more };
}

describe('the packed server, in an empty folder', () => {
  test('starts with "npx postern serve" on a database, without a single optional package, and answers', async () => {
    const database = await createEmptyDatabase();
    const env = surroundings({ DATABASE_URL: database.url });
    const npx = (...args: readonly string[]) =>
      spawnSync('npx', ['postern', ...args], { cwd: folder, env, encoding: 'utf8' });
    expect(npx('init', 'my-model/').stdout).toContain(
      'Next:\n  npx postern test my-model/\n  npx postern -C my-model/ serve\n',
    );
    await using server = startProgram('npx', ['postern', '-C', 'my-model/', 'serve'], { cwd: folder, env });
    const [, url = ''] = await server.printed(/Postern is ready at (\S+)/);
    const [, token = ''] = await server.printed(/user:ed {2}(\S+)/);
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ viewer { subject can(permission: "can_edit", object: "document:roadmap") } }' }),
    });
    expect(await answer.json()).toEqual({ data: { viewer: { subject: 'user:ed', can: true } } });
    const version = await fetch(new URL('/version', url));
    expect(await version.text()).toContain(checkRelease().version);
    await server.end();
    await database.drop();
  }, 120_000);

  test('says what to type there', () => {
    const said = globSync('node_modules/postern/src/**/*.js', { cwd: folder }).filter((file) =>
      readFileSync(join(folder, file), 'utf8').includes('npm run'),
    );
    expect(said).toEqual([]);
  });

  test('holds the migrations, the schema, the licence, and nothing of tests or TypeScript', () => {
    const inside = (pattern: string) => globSync(pattern, { cwd: join(folder, 'node_modules/postern') });
    expect(inside('drizzle/*.sql')).toHaveLength(globSync('drizzle/*.sql').length);
    const needed = [
      'console/dist/index.html',
      'schema.graphql',
      'LICENSE',
      'CHANGELOG.md',
      'README.md',
      'docs/running.md',
      'examples/start/model.fga',
    ];
    expect(needed.filter((file) => inside(file).length === 0)).toEqual([]);
    expect(inside('**/*.ts')).toEqual([]);
    expect(inside('{test,bench,deploy,.postern}')).toEqual([]);
  });
});

test('the packed guard is imported and required, by each of its names', () => {
  const guard = pack(buildGuardPackage(join(folder, 'built/guard'), environment)).file;
  if (isLong) run('npm', ['install', '--no-audit', guard, 'graphql@16'], folder);
  else {
    const place = join(folder, 'node_modules/@postern/guard');
    mkdirSync(place, { recursive: true });
    run('tar', ['-xzf', guard, '--strip-components=1', '-C', place]);
  }
  const { exports } = JSON.parse(readFileSync(join(folder, 'built/guard/package.json'), 'utf8'));
  const names = Object.keys(exports).map((name) => name.replace('.', '@postern/guard'));
  const script = `for (const name of ${JSON.stringify(names)}) { require(name); import(name).then((found) => console.log(name, Object.keys(found).length > 0)); }`;
  const env = { ...surroundings(), NODE_PATH: '' };
  const { stdout, stderr } = spawnSync(process.execPath, ['--eval', script], { cwd: folder, env, encoding: 'utf8' });
  expect([stderr, stdout.trim().split('\n').toSorted()]).toEqual(['', names.map((name) => `${name} true`).toSorted()]);
}, 120_000);

describe('what is published', () => {
  test.each([
    ['the server', () => join(folder, 'built/server'), 'postern', undefined],
    [
      'the guard',
      () => buildGuardPackage(join(folder, 'built/guard'), environment),
      '@postern/guard',
      'packages/guard',
    ],
  ])('%s says where it was built, and what is in it', (_what, built, name, directory) => {
    const place = built();
    const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name,
      version: checkRelease().version,
      license: 'MIT',
      repository: { type: 'git', url: 'git+https://git.example/company/postern.git', ...(directory && { directory }) },
      publishConfig: { access: 'public', provenance: true },
      exports: expect.any(Object),
      files: expect.any(Array),
    });
    expect(manifest).not.toHaveProperty('private');
    expect(manifest).not.toHaveProperty('scripts');
    const named = Array.from(
      JSON.stringify(manifest.exports).matchAll(/"(\.\/[^"]*\.[a-z.]+)"(?!:)/g),
      ([, file = '']) => file,
    );
    expect(named.filter((file) => globSync(file, { cwd: place }).length === 0)).toEqual([]);
    expect(named.length).toBeGreaterThan(1);
  });

  test('has one version, and a section of the changelog', () => {
    expect(checkRelease()).toMatchObject({ problems: [], changes: expect.stringMatching(/\S/) });
    expect(changesOf('1.2', '# Changelog\n\n## 1.2.0\n\nNew.\n\n## 1.2, today\n\nOld.\n')).toBe('Old.');
    expect(changesOf('1.3.0', '## 1.2.0\n\nNew.\n')).toBeUndefined();
  });

  test('is not published from anywhere', () => {
    const { GITHUB_REPOSITORY: _, ...nowhere } = environment;
    const { status, stderr } = spawnSync(process.execPath, ['scripts/release.ts'], { encoding: 'utf8', env: nowhere });
    expect([status, stderr]).toEqual([1, expect.stringContaining('publish in CI.')]);
  });
});
