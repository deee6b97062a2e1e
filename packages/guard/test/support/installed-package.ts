import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

export const packageFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const repository = dirname(dirname(packageFolder));

export interface PackedFile {
  readonly path: string;
  readonly size: number;
}

/** What npm says about a tarball. */
export interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly PackedFile[];
}

const run = promisify(execFile);

export async function pack(...options: readonly string[]): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', ...options], { cwd: packageFolder });
  const [packed] = Object.values(JSON.parse(stdout) as Record<string, Packed> | readonly Packed[]);
  if (packed === undefined) throw new Error(`npm packed nothing: ${stdout}`);
  return packed;
}

export interface Project {
  readonly folder: string;
  /** Compiles a file with the repository's compiler, and runs what comes of it. */
  compileAndRun(name: string, text: string, ...options: readonly string[]): Promise<string>;
  /** Runs a file as it is. */
  run(name: string, text: string): Promise<string>;
}

export interface ProjectOptions {
  /** The folder of graphql-js in this repository: `graphql`, or `graphql-17`. */
  readonly graphql?: string;
  /** Other packages that the project uses, with all that they need. */
  readonly packages?: readonly string[];
}

/**
 * An empty project that has the packed package from its tarball, and besides it only what is named, from this repository: so
 * npm asks no registry.
 */
export function useInstalledPackage({ graphql = 'graphql', packages = [] }: ProjectOptions = {}): () => Project {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-guard-'));
    const { filename } = await pack('--pack-destination', folder);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'subgraph', private: true, type: 'module' }));
    const local = [folderOf(graphql), folderOf('dataloader')];
    const options = [
      '--offline',
      '--install-links',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
    ];
    await run('npm', ['install', ...options, join(folder, filename), ...local], { cwd: folder });
    // As they are here, with the versions that they have for themselves: npm would look for those in a registry.
    for (const name of new Set(packages.flatMap(closureOf))) {
      const place = join(folder, 'node_modules', name);
      if (!existsSync(place)) await cp(folderOf(name), place, { recursive: true });
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => ({
    folder,
    compileAndRun: (name, text, ...more) => compileAndRun(folder, name, text, more),
    run: (name, text) => runFile(folder, name, text),
  });
}

function folderOf(name: string): string {
  return join(repository, 'node_modules', name);
}

/** A package and everything that it depends on; what is installed beside it, not below it. */
function closureOf(name: string): readonly string[] {
  const found = new Set<string>();
  const visit = (one: string) => {
    if (found.has(one) || !existsSync(folderOf(one))) return;
    found.add(one);
    const manifest = JSON.parse(readFileSync(join(folderOf(one), 'package.json'), 'utf8'));
    for (const dependency of Object.keys(manifest.dependencies ?? {})) visit(dependency);
  };
  visit(name);
  return [...found];
}

async function compileAndRun(folder: string, name: string, text: string, more: readonly string[]): Promise<string> {
  await writeFile(join(folder, `${name}.ts`), text);
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
  await run(process.execPath, [compiler, ...options, ...more, '--types', '', `${name}.ts`], { cwd: folder }).catch(
    showOutput,
  );
  const { stdout } = await run(process.execPath, [`${name}.js`], { cwd: folder });
  return stdout;
}

async function runFile(folder: string, name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  const { stdout } = await run(process.execPath, [name], { cwd: folder });
  return stdout;
}

/** The compiler's messages are on its output. */
function showOutput(error: Error & { readonly stdout?: string }): never {
  throw new Error(`${error.message}\n${error.stdout}`);
}
