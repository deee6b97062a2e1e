import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
  compileAndRun(name: string, text: string): Promise<string>;
}

/**
 * An empty project that has the packed package from its tarball, and besides it only what the package needs, from this repository:
 * so npm asks no registry.
 */
export function useInstalledPackage(...others: readonly string[]): () => Project {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-guard-'));
    const { filename } = await pack('--pack-destination', folder);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'subgraph', private: true, type: 'module' }));
    const local = ['graphql', 'dataloader', ...others].map((name) => join(repository, 'node_modules', name));
    const options = ['--offline', '--install-links', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', ['install', ...options, join(folder, filename), ...local], { cwd: folder });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return () => ({ folder, compileAndRun: (name, text) => compileAndRun(folder, name, text) });
}

async function compileAndRun(folder: string, name: string, text: string): Promise<string> {
  await writeFile(join(folder, `${name}.ts`), text);
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
  await run(process.execPath, [compiler, ...options, '--types', '', `${name}.ts`], { cwd: folder }).catch(showOutput);
  const { stdout } = await run(process.execPath, [`${name}.js`], { cwd: folder });
  return stdout;
}

/** The compiler's messages are on its output. */
function showOutput(error: Error & { readonly stdout?: string }): never {
  throw new Error(`${error.message}\n${error.stdout}`);
}
