import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pack, packageFolder, useInstalledPackage } from './support/installed-package.ts';

const project = useInstalledPackage();

const subgraph = `import { buildSchema, graphql } from 'graphql';
import { createPosternClient, guardSchema, isPosternError, requiresPermissionSDL, type PosternClient } from '@postern/guard';
import { parseObjectTemplate } from '@postern/guard/directive';
import { allowOnly } from '@postern/guard/testing';

interface Context { readonly token: string | null }

const never: PosternClient = createPosternClient({ url: 'http://localhost:1/graphql', timeoutMs: 100 });

async function ask(client: PosternClient, token: string | null) {
  const schema = buildSchema(\`\${requiresPermissionSDL}
    type Query { report(id: ID!): String @requiresPermission(permission: "can_read", object: "report:{$args.id}") }
  \`);
  guardSchema<Context>(schema, { client, authorization: (context) => context.token });
  const rootValue = { report: () => 'the report' };
  const { data, errors = [] } = await graphql({ schema, source: '{ report(id: 1) }', rootValue, contextValue: { token } });
  return [data?.['report'], errors.map((error) => isPosternError(error) && error.extensions['code'])];
}

const allowed = allowOnly(['report:1#can_read']);
console.log(JSON.stringify([
  await ask(allowed, 'Bearer x'),
  await ask(allowed, null),
  await ask(allowOnly([]), 'Bearer x'),
  await ask(never, 'Bearer x'),
  allowed.asked,
  parseObjectTemplate('track:{$this.id}').ok,
]));
`;

test('the tarball guards a field in an empty project, and its types compile there', async () => {
  expect(JSON.parse(await project().compileAndRun('subgraph', subgraph))).toEqual([
    ['the report', []],
    [null, ['UNAUTHENTICATED']],
    [null, ['FORBIDDEN']],
    [null, ['AUTHORIZATION_UNAVAILABLE']],
    [['report:1#can_read']],
    true,
  ]);
});

const required = `const { buildSchema, graphql } = require('graphql');
const { guardSchema, isPosternError, requiresPermissionSDL } = require('@postern/guard');
const { allowOnly } = require('@postern/guard/testing');
const others = ['directive', 'hive-gateway', 'rules'].map((name) => typeof require('@postern/guard/' + name));
const schema = guardSchema(buildSchema(requiresPermissionSDL + 'type Query { f: Int @requiresPermission(permission: "can_read", object: "report:1") }'), {
  client: allowOnly([]), authorization: () => 'x',
});
graphql({ schema, source: '{ f }', rootValue: { f: 1 } }).then(({ data, errors }) => console.log(JSON.stringify([data, isPosternError(errors[0]), others])));
`;

test('it can be required, as Jest does', async () => {
  expect(JSON.parse(await project().run('required.cjs', required))).toEqual([
    { f: null },
    true,
    ['object', 'object', 'object'],
  ]);
});

/** Compilers that resolve modules as Node 10 did, which Jest and older NestJS projects have, do not read `exports`. */
test('its types are found without "exports", too', async () => {
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const required = Object.entries<{ require: { types: string } }>(manifest.exports).map(([name, { require }]) => [
    name,
    require.types,
  ]);
  const older = Object.entries<readonly string[]>(manifest.typesVersions['*']).map(([name, [file]]) => [
    `./${name}`,
    file,
  ]);
  expect([['.', manifest.types], ...older].toSorted()).toEqual(required.toSorted());
  const packed = (await pack('--dry-run')).files.map(({ path }) => `./${path}`);
  expect(required.filter(([, file = '']) => !packed.includes(file))).toEqual([]);
});

test('it brings one package with it', async () => {
  const installed = await readdir(join(project().folder, 'node_modules'));
  expect(installed.filter((name) => !name.startsWith('.')).toSorted()).toEqual(['@postern', 'dataloader', 'graphql']);
});

test('what it depends on', async () => {
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  expect(Object.keys(manifest.dependencies)).toEqual(['dataloader']);
  expect(Object.keys(manifest.peerDependencies)).toEqual(['graphql']);
  expect(manifest.optionalDependencies ?? {}).toEqual({});
});

test('no source imports the server, a module of Node, or a package that is not declared', async () => {
  const folder = join(packageFolder, 'src');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const imports = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return Array.from(text.matchAll(/(?:from|import\()\s*'([^']+)'/g), ([, target = '']) => [name, target] as const);
    }),
  );
  const strange = imports.flat().filter(([name, target]) => {
    if (target === 'graphql' || target === 'dataloader') return false;
    const depth = name.split('/').length - 1;
    return !/^\.{1,2}\//.test(target) || (target.match(/\.\.\//g) ?? []).length > depth;
  });
  expect(imports.flat().length).toBeGreaterThan(names.length);
  expect(strange).toEqual([]);
});

test('its size', async () => {
  const { size, unpackedSize, files } = await pack('--dry-run');
  expect(size).toBeLessThan(140_000);
  expect(unpackedSize).toBeLessThan(760_000);
  expect(
    files.filter(({ path }) => !/^(dist\/[\w/-]+\.(js|d\.ts)|(dist\/cjs\/)?package\.json|README\.md)$/.test(path)),
  ).toEqual([]);
  expect(files.map(({ path }) => path)).toContain('README.md');
});
